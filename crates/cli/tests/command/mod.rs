//! Runs the command for the tests of what it says.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::Expect;

/// How a command ended.
pub struct Ended {
    /// Exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The workspace's folder: commands run there, so that paths in messages are the same everywhere.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the command with this standard input.
pub fn forewarn(args: &[&str], input: &str) -> Ended {
    let mut child = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(args)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("forewarn starts");
    // A command that reads no input may have ended already; what counts is what it says.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("forewarn ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A fresh folder with these files, below cargo's own place for such things.
pub fn folder(name: &str, files: &[(&str, &str)]) -> String {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    for (path, text) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("can be made");
        fs::write(path, text).expect("can be written");
    }
    dir.to_str().expect("UTF-8").to_owned()
}

/// Holds a command to its exit code, standard output and standard error, with `hidden` shown as `DIR`.
pub fn check(args: &[&str], input: &str, hidden: &str, expected: &Expect) {
    let Ended { code, out, err } = forewarn(args, input);
    let shown = format!("exit {}\n-- stdout\n{out}-- stderr\n{err}", code.unwrap_or(-1));
    expected.assert_eq(&if hidden.is_empty() { shown } else { shown.replace(hidden, "DIR") });
}
