//! Edits that may fix the findings of the lint. They are proposals: [`crate::report::checks::check()`] tries them.

use crate::analysis::downsample;
use crate::analysis::lint::Finding;
use crate::lower::Model;
use crate::network::{Category, Conv, Layer, LayerId, Norm, Pool, Stage};
use crate::spec::fix::{Change, Edit, Fix, Key, keys_at};

/// Edits of the network's own spec that may fix a finding, the most likely first; none if the spec cannot express them.
pub fn proposals(model: &Model, finding: &Finding) -> Vec<Fix> {
    let fix = |edits| Fix {
        source: model.spec.source.clone(),
        edits,
    };
    let all = match finding.rule {
        "norm-missing" => vec![late_norm(model, finding), new_norm(model, finding)],
        "pool-loses-pixels" => pool(model, finding).into_iter().map(Some).collect(),
        _ => vec![plain(model, finding)],
    };
    all.into_iter().flatten().map(fix).collect()
}

/// Edits for findings with a single obvious fix.
fn plain(model: &Model, finding: &Finding) -> Option<Vec<Edit>> {
    let network = &model.network;
    let own = |id: LayerId| own_keys(model, id);
    Some(match finding.rule {
        "stride-twice" => stride_twice(model, finding.layer?)?,
        "idle-projection" | "projection-without-norm" => {
            let name = &model.spec.file.shortcut.as_ref()?.value.get(0)?.value;
            let known = ["projection_everywhere", "bare_projection"];
            if !known.contains(&name.as_str()) {
                return None;
            }
            vec![set(top("shortcut"), "\"projection\"")]
        }
        "downsamples-once" => {
            let stages = network.stages().len();
            let strides: Vec<_> = (0..stages)
                .map(|stage| if stage == 0 { "1" } else { "2" })
                .collect();
            vec![set(top("strides"), &format!("[{}]", strides.join(", ")))]
        }
        "relu-before-add" => vec![remove(own(finding.layer?)?)],
        "no-relu-after-add" => {
            let file = &model.spec.file;
            let block = &file.block.as_ref()?.value.get(0)?.value;
            let own = file.define.as_ref()?.value.blocks.as_ref()?;
            let place = &own.value.get(block)?.place;
            if place.source != model.spec.source {
                return None;
            }
            let keys = ["define", "blocks", block, "after_add"];
            let keys = keys.map(|key| Key::Name(key.to_owned())).to_vec();
            vec![set(keys, "[{ act = \"relu\" }]")]
        }
        "norm-after-relu" => vec![Edit {
            keys: own(finding.layer?)?,
            change: Change::SwapBack,
        }],
        "norm-after-pool" => {
            let norm = finding.layer?;
            let mut edits = vec![remove(own(norm)?)];
            // A ReLU after it would only repeat the one before the pool.
            if let [user] = network.users(norm).as_slice()
                && network[*user].layer.is_activation()
                && network[*user].scope.stage == Stage::Stem
            {
                edits.push(remove(own(*user)?));
            }
            edits
        }
        "bias-before-norm" => vec![set(child(own(finding.layer?)?, "bias"), "false")],
        "same-padding" => {
            let id = finding.layer?;
            let Layer::Conv(Conv::Spatial(conv)) = &network[id].layer else {
                return None;
            };
            let own = (conv.window.extent()[0] - 1) / 2;
            vec![set(
                child(own_keys(model, id)?, "padding"),
                &own.to_string(),
            )]
        }
        "head-tied-to-size" => {
            let flatten = finding.layer?;
            let pool = *network.inputs(flatten).first()?;
            let keys = own(pool)?;
            let is_pool = matches!(
                network[pool].layer,
                Layer::Pool(Pool::Average { .. } | Pool::Max(_))
            );
            let name = &network[pool].path.module;
            if !is_pool {
                return None;
            }
            vec![set(keys, &format!("{{ global_avg_pool = \"{name}\" }}"))]
        }
        "small-stem" | "large-stem" | "stem-without-pool" => stem(model, finding.rule)?,
        _ => return None,
    })
}

/// Paddings with which a pool may halve the map: half of the window's extent minus 1, rounded down or up.
fn pool(model: &Model, finding: &Finding) -> Vec<Vec<Edit>> {
    let Some(id) = finding.layer else {
        return Vec::new();
    };
    let (Some(keys), Layer::Pool(Pool::Max(window))) =
        (own_keys(model, id), &model.network[id].layer)
    else {
        return Vec::new();
    };
    let [extent, _] = window.extent();
    let mut paddings = vec![(extent - 1) / 2, extent / 2];
    paddings.dedup();
    let edit = |padding: u64| vec![set(child(keys.clone(), "padding"), &padding.to_string())];
    paddings.into_iter().map(edit).collect()
}

/// A new normalisation after the convolution.
fn new_norm(model: &Model, finding: &Finding) -> Option<Vec<Edit>> {
    let id = finding.layer?;
    let module = &model.network[id].path.module;
    let number = module.rsplit('.').next()?.strip_prefix("conv")?;
    Some(vec![Edit {
        keys: own_keys(model, id)?,
        change: Change::Follow(format!("{{ norm = \"bn{number}\" }}")),
    }])
}

/// The late normalisation, which comes after layers that keep the channels, moved to its convolution.
fn late_norm(model: &Model, finding: &Finding) -> Option<Vec<Edit>> {
    let network = &model.network;
    let conv = finding.layer?;
    let mut norm = conv;
    loop {
        let [user] = network.users(norm)[..] else {
            return None;
        };
        norm = user;
        match &network[norm].layer {
            Layer::Pool(Pool::Max(_) | Pool::Average { .. }) => {}
            layer if layer.is_activation() => {}
            _ if network[norm].layer.category() == Category::Norm => break,
            _ => return None,
        }
    }
    let place = model.origin(norm)?;
    let keys = own_keys(model, conv)?;
    let from = own_keys(model, norm)?;
    let same_list = from.len() == keys.len() && from.split_last()?.1 == keys.split_last()?.1;
    let text = place.source.text.get(place.span.clone())?;
    same_list.then(|| {
        let follow = Change::Follow(text.to_owned());
        vec![
            Edit {
                keys,
                change: follow,
            },
            remove(from),
        ]
    })
}

/// Stride 1 for the second of two strides in a block; on its shortcut, the block's own stride instead of their product.
fn stride_twice(model: &Model, second: LayerId) -> Option<Vec<Edit>> {
    let network = &model.network;
    let block = downsample::blocks(network)
        .into_iter()
        .find(|block| block.main.contains(&second))?;
    let mut edits = vec![set(child(own_keys(model, second)?, "stride"), "1")];
    for id in downsample::strided(network, block.shortcut.iter().copied()) {
        let keys = own_keys(model, id)?;
        edits.push(set(child(keys, "stride"), "\"stride\""));
    }
    Some(edits)
}

/// A plain stem instead of another plain one (convolution, normalisation, ReLU, and perhaps a pool), or the pool at its end.
fn stem(model: &Model, rule: &str) -> Option<Vec<Edit>> {
    let network = &model.network;
    let layers: Vec<_> = network
        .nodes()
        .filter(|(_, node)| node.scope.stage == Stage::Stem)
        .collect();
    let pool = "{ max_pool = \"maxpool\", kernel = 3, stride = 2, padding = 1 }";
    if rule == "stem-without-pool" {
        let (last, _) = layers.last()?;
        return Some(vec![Edit {
            keys: keys_at(&model.spec.source, model.origin(*last)?)?,
            change: Change::Follow(pool.to_owned()),
        }]);
    }
    let ((_, first), rest) = layers.split_first()?;
    let Layer::Conv(Conv::Spatial(conv)) = &first.layer else {
        return None;
    };
    let is_plain = |layer: &Layer| {
        layer.is_activation()
            || matches!(
                layer,
                Layer::Norm(Norm::Batch(_)) | Layer::Pool(Pool::Max(_))
            )
    };
    if !rest.iter().all(|(_, node)| is_plain(&node.layer)) {
        return None;
    }
    let (name, out) = (&first.path.module, conv.out_channels);
    let (window, end) = if rule == "small-stem" {
        ("kernel = 7, stride = 2", format!("  {pool},\n"))
    } else {
        ("kernel = 3", String::new())
    };
    let text = format!(
        "[\n  {{ conv = \"{name}\", out = {out}, {window} }},\n  {{ norm = \"bn1\" }},\n  {{ act  = \"relu\" }},\n{end}]"
    );
    let keys = ["stem", "layers"].map(|key| Key::Name(key.to_owned()));
    Some(vec![set(keys.to_vec(), &text)])
}

/// Keys of the line that defines a layer; `None` if it is in another file.
fn own_keys(model: &Model, id: LayerId) -> Option<Vec<Key>> {
    keys_at(&model.spec.source, model.origin(id)?)
}

fn top(key: &str) -> Vec<Key> {
    vec![Key::Name(key.to_owned())]
}

fn child(mut keys: Vec<Key>, key: &str) -> Vec<Key> {
    keys.push(Key::Name(key.to_owned()));
    keys
}

fn set(keys: Vec<Key>, value: &str) -> Edit {
    Edit {
        keys,
        change: Change::Set(value.to_owned()),
    }
}

fn remove(keys: Vec<Key>) -> Edit {
    Edit {
        keys,
        change: Change::Remove,
    }
}
