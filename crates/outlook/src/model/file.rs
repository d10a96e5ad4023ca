//! The model's file: readable JSON that begins with the card.

use serde::{Deserialize, Serialize};

use super::{Card, FORMAT, Model};
use crate::Error;
use crate::calibration::Calibration;
use crate::features;
use crate::hawkes::Hawkes;
use crate::logistic::Logistic;
use crate::pool::{Experience, Pool};
use crate::trees::Trees;

/// The model as it is written.
#[derive(Serialize, Deserialize)]
struct File {
    card: Card,
    features: Vec<String>,
    logistic: Logistic,
    hawkes: Hawkes,
    pool: Pool,
    experience: Experience,
    calibration: Calibration,
    trees: serde_json::Value,
}

impl Model {
    /// The model as readable JSON.
    pub fn to_json(&self) -> Result<String, Error> {
        let fault = |e: serde_json::Error| Error::Model(e.to_string());
        let file = File {
            card: self.card.clone(),
            features: features::names().to_vec(),
            logistic: self.logistic.clone(),
            hawkes: self.hawkes.clone(),
            pool: self.pool.clone(),
            experience: self.experience.clone(),
            calibration: self.calibration.clone(),
            trees: serde_json::from_str(&self.trees.to_json()?).map_err(fault)?,
        };
        serde_json::to_string(&file).map_err(fault)
    }

    /// Reads what [`Model::to_json`] wrote.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let file: File = serde_json::from_str(text).map_err(|e| Error::Model(e.to_string()))?;
        let width = features::names().len();
        if file.card.format != FORMAT {
            return Err(Error::Model(format!("format {}, expected {FORMAT}", file.card.format)));
        }
        if file.features != features::names() || file.logistic.weights.len() != width {
            return Err(Error::Model("its features are not those of this version: fit it again".to_owned()));
        }
        if file.hawkes.weights.len() != 5 || file.hawkes.weights.iter().any(|w| w.len() != crate::hawkes::WIDTH) {
            return Err(Error::Model("the process has another number of weights".to_owned()));
        }
        if file.pool.weights.len() != 3 {
            return Err(Error::Model("the pool has another number of members".to_owned()));
        }
        if file.calibration.bands.as_ref().is_some_and(|b| !b.is_sound()) {
            return Err(Error::Model("its intervals are not those of a calibration".to_owned()));
        }
        Ok(Self {
            calibration: file.calibration,
            trees: Trees::from_json(&file.trees.to_string(), width)?,
            card: file.card,
            logistic: file.logistic,
            hawkes: file.hawkes,
            pool: file.pool,
            experience: file.experience,
        })
    }
}
