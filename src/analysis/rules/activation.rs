//! Operations that the tools count of an activation function; why, their own files say.

use super::Call;
use crate::network::Activation;

/// A count for each tool that counts any activation function.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) ptflops: u128,
    pub(super) convnet_burden: u128,
}

/// What each tool counts of one.
pub(super) fn counts(call: &Call<'_>, activation: Activation) -> Counts {
    match activation {
        Activation::Relu => Counts {
            ptflops: call.hooked_and_replaced(),
            convnet_burden: 2 * call.written(),
        },
        Activation::Sigmoid => Counts::default(),
    }
}
