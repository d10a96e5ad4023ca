//! The safetensors file behind a model: tensors and metadata strings by name, each checked when asked for.

use std::collections::HashMap;
use std::ops::Range;

use safetensors::tensor::{Dtype, Metadata, SafeTensors};

use crate::ModelError;

/// An open file: its header read, its numbers still where they are.
pub(crate) struct File<'a> {
    bytes: &'a [u8],
    /// Where the tensors' numbers begin.
    data: usize,
    header: Metadata,
    strings: HashMap<String, String>,
}

/// The range that a kind of number must lie in.
#[derive(Clone, Copy)]
pub(crate) struct Within {
    pub(crate) low: f32,
    pub(crate) high: f32,
    pub(crate) words: &'static str,
}

impl<'a> File<'a> {
    /// Reads the header.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let (length, header) = SafeTensors::read_metadata(bytes)?;
        let strings = header.metadata().clone().unwrap_or_default();
        // Eight bytes of length come before the header.
        Ok(Self { bytes, data: length + 8, header, strings })
    }

    /// A metadata string.
    pub(crate) fn metadata(&self, key: &str) -> Result<&str, ModelError> {
        self.strings.get(key).map(String::as_str).ok_or_else(|| ModelError::MissingMetadata { key: key.to_owned() })
    }

    /// A metadata string that holds a JSON array of strings: 1 to 4096 of them, no two equal.
    pub(crate) fn strings(&self, key: &str) -> Result<Vec<String>, ModelError> {
        let list: Vec<String> = self.json(key)?;
        if !(1..=4096).contains(&list.len()) {
            return Err(ModelError::metadata(key, format!("{} labels are not 1 to 4096", list.len())));
        }
        let mut sorted: Vec<&String> = list.iter().collect();
        sorted.sort_unstable();
        if let Some((first, _)) = sorted.iter().zip(&sorted[1..]).find(|(a, b)| a == b) {
            return Err(ModelError::metadata(key, format!("`{first}` is there twice")));
        }
        Ok(list)
    }

    /// A metadata string that holds JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, key: &str) -> Result<T, ModelError> {
        serde_json::from_str(self.metadata(key)?).map_err(|e| ModelError::metadata(key, e.to_string()))
    }

    /// Where the file keeps the numbers of an I8 tensor of this shape.
    pub(crate) fn int8_range(&self, name: &str, shape: &[usize]) -> Result<Range<usize>, ModelError> {
        self.range(name, shape, Dtype::I8, "I8", 1)
    }

    /// The weights of a linear layer, each in -127..=127.
    pub(crate) fn weights(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, ModelError> {
        let range = self.int8_range(name, shape)?;
        let weights: Vec<i8> = self.bytes[range].iter().map(|&b| b as i8).collect();
        if let Some(at) = weights.iter().position(|&w| w == i8::MIN) {
            let expected = "in -127 to 127";
            return Err(ModelError::TensorValue { name: name.to_owned(), at, value: -128.0, expected });
        }
        Ok(weights)
    }

    /// The numbers of an F32 tensor.
    pub(crate) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let range = self.range(name, shape, Dtype::F32, "F32", 4)?;
        let (fours, _) = self.bytes[range].as_chunks::<4>();
        Ok(fours.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// The numbers of an F32 tensor, each in its range.
    pub(crate) fn floats_within(&self, name: &str, shape: &[usize], within: Within) -> Result<Vec<f32>, ModelError> {
        let values = self.floats(name, shape)?;
        check(name, &values, within)?;
        Ok(values)
    }

    fn range(
        &self,
        name: &str,
        shape: &[usize],
        kind: Dtype,
        kind_name: &'static str,
        size: usize,
    ) -> Result<Range<usize>, ModelError> {
        let missing = || ModelError::MissingTensor { name: name.to_owned() };
        let info = self.header.info(name).ok_or_else(missing)?;
        if info.dtype != kind {
            let found = format!("{:?}", info.dtype);
            return Err(ModelError::TensorType { name: name.to_owned(), expected: kind_name, found });
        }
        let (start, end) = info.data_offsets;
        let range = self.data + start..self.data + end;
        // The library has checked the offsets against the shape and the file; a second look costs nothing.
        let whole = shape.iter().product::<usize>() * size == range.len() && range.end <= self.bytes.len();
        if info.shape != shape || !whole {
            let (expected, found) = (shape.to_vec(), info.shape.clone());
            return Err(ModelError::TensorShape { name: name.to_owned(), expected, found });
        }
        Ok(range)
    }
}

/// Whether every value lies in its range; a NaN lies in none.
pub(crate) fn check(name: &str, values: &[f32], within: Within) -> Result<(), ModelError> {
    match values.iter().position(|v| !(within.low..=within.high).contains(v)) {
        None => Ok(()),
        Some(at) => {
            let expected = within.words;
            Err(ModelError::TensorValue { name: name.to_owned(), at, value: values[at], expected })
        }
    }
}
