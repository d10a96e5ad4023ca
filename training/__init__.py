"""Training recipe of Forewarn's English language model; `training/README.md` has the commands."""
