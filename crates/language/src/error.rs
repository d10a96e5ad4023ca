//! What can be wrong with a model file.

/// Why a model file was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes are no safetensors file.
    #[error("not a safetensors file: {0}")]
    File(#[from] safetensors::SafeTensorError),
    /// A tensor of the format is not there.
    #[error("tensor `{name}` is missing")]
    MissingTensor {
        /// The tensor.
        name: String,
    },
    /// A tensor's element type is not the format's.
    #[error("tensor `{name}` holds {found}, not {expected}")]
    TensorType {
        /// The tensor.
        name: String,
        /// What the format asks for.
        expected: &'static str,
        /// What the file has.
        found: String,
    },
    /// A tensor's shape is not the format's.
    #[error("tensor `{name}` has shape {found:?}, not {expected:?}")]
    TensorShape {
        /// The tensor.
        name: String,
        /// What the format asks for.
        expected: Vec<usize>,
        /// What the file has.
        found: Vec<usize>,
    },
    /// A number is outside what the format allows.
    #[error("tensor `{name}`, value {at}: {value} is not {expected}")]
    TensorValue {
        /// The tensor.
        name: String,
        /// Which of its values, counted from 0 in row-major order.
        at: usize,
        /// The value.
        value: f32,
        /// What the format allows.
        expected: &'static str,
    },
    /// A metadata string of the format is not there.
    #[error("metadata `{key}` is missing")]
    MissingMetadata {
        /// The key.
        key: String,
    },
    /// A metadata string does not say what the format asks for.
    #[error("metadata `{key}`: {why}")]
    Metadata {
        /// The key.
        key: String,
        /// What is wrong with it.
        why: String,
    },
}

impl ModelError {
    pub(crate) fn metadata(key: &str, why: impl Into<String>) -> Self {
        Self::Metadata { key: key.to_owned(), why: why.into() }
    }
}
