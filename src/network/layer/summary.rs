//! What a layer does, in a few words.

use super::Layer;
use crate::network::Window;
use crate::network::layer::Zeros;
use crate::network::window::sides;

impl Layer {
    /// What it does in a few words: `conv 3×3, stride 2, 64 → 128`.
    pub fn summary(&self) -> String {
        let windowed = |name: &str, window: &Window| {
            let mut text = format!("{name} {window}");
            if window.stride != [1; 2] {
                text += &format!(", stride {}", sides(window.stride));
            }
            if window.dilation != [1; 2] {
                text += &format!(", dilation {}", sides(window.dilation));
            }
            text
        };
        match self {
            Self::Input { channels, size } => format!("image {channels}×{}×{}", size[0], size[1]),
            Self::Grayscale => "red, green and blue as grey".to_owned(),
            Self::Resize { shorter, filter } => {
                format!("shorter side to {shorter} ({})", filter.name())
            }
            Self::CenterCrop { size } => format!("the middle {}×{}", size[0], size[1]),
            Self::RgbToBgr => "channels in the order blue, green, red".to_owned(),
            Self::Scale { divisor } => format!("divide by {divisor}"),
            Self::Standardize { .. } => "subtract mean, divide by std".to_owned(),
            Self::Conv2d(conv) => {
                let mut text = windowed("conv", &conv.window);
                if conv.groups > 1 {
                    text += &format!(", {} groups", conv.groups);
                }
                if conv.standardize.is_some() {
                    text += ", standardised weights";
                }
                text + &format!(", {} → {}", conv.in_channels, conv.out_channels)
            }
            Self::BatchNorm2d(norm) => format!("batch norm, {} channels", norm.features),
            Self::GroupNorm(norm) => format!(
                "group norm, {} channels in {} groups",
                norm.features, norm.groups
            ),
            Self::EvoNorm2dS0(norm) => format!(
                "EvoNorm-S0, {} channels in {} groups",
                norm.features, norm.groups
            ),
            Self::FilterResponseNorm { features, .. } => {
                format!("filter response norm + TLU, {features} channels")
            }
            Self::Relu => "ReLU".to_owned(),
            Self::Sigmoid => "sigmoid".to_owned(),
            Self::MaxPool2d(window) => windowed("max pool", window),
            Self::AvgPool2d { window, .. } => windowed("average pool", window),
            Self::BlurPool2d { kernel, stride } => {
                format!("blur pool {kernel}×{kernel}, stride {stride}")
            }
            Self::ConstantPad2d { before, after } => {
                let [[top, left], [bottom, right]] = [*before, *after];
                if [left, bottom, right] == [top; 3] {
                    format!("{top} pixels of zeros at each side")
                } else {
                    format!("zeros: {top} above, {left} left, {bottom} below, {right} right")
                }
            }
            Self::GlobalAvgPool => "global average pool".to_owned(),
            Self::PadShortcut {
                stride,
                channels,
                zeros,
            } => {
                let pixels = match stride {
                    [1, 1] => "every 1st pixel".to_owned(),
                    [both, other] if both == other => format!("every {both}nd pixel"),
                    [height, width] => {
                        format!("pixels in steps of {height} down and {width} across")
                    }
                };
                let place = match zeros {
                    Zeros::BothEnds => "",
                    Zeros::End => " at the end",
                };
                format!("{pixels}, zeros{place} up to {channels} channels")
            }
            Self::Add => "main path + shortcut".to_owned(),
            Self::Multiply => "map × gate, channel by channel".to_owned(),
            Self::ChannelConv { kernel } => format!("conv over {kernel} neighbouring channels"),
            Self::Slice { channels: 0, .. } => "no channels".to_owned(),
            Self::Slice { start, channels } => {
                format!("channels {start} to {}", start + channels - 1)
            }
            Self::Concat { inputs } => format!("the channels of {inputs} maps"),
            Self::RadixSum { radix } => format!("sum of {radix} maps"),
            Self::RadixSoftmax { radix, .. } => format!("softmax over {radix} maps, per channel"),
            Self::RadixWeightedSum { radix } => format!("weighted sum of {radix} maps"),
            Self::Flatten => "flatten".to_owned(),
            Self::Linear(linear) => {
                format!("linear, {} → {}", linear.in_features, linear.out_features)
            }
        }
    }
}
