//! Names of the questions in a file of version 1, which named them by number.

use std::collections::BTreeMap;

use super::Answer;

/// Lessons, with the names of their questions by number, from 1, when numbers were last written.
const NUMBERED: &[(&str, &[&str])] = &[
    (
        "residuals",
        &[
            "successor(plain34.maxpool)",
            "successor(resnet34.maxpool)",
            "residual(resnet34.layer1.0)",
            "count(resnet34, Add)",
        ],
    ),
    (
        "family",
        &[
            "block(resnet34)",
            "block(resnet101)",
            "count(resnet101, blocks)",
            "paper_name(resnet50, 1)",
        ],
    ),
    (
        "stem",
        &[
            "shape(resnet50.conv1)",
            "successor(resnet50.maxpool)",
            "params(resnet50.maxpool)",
        ],
    ),
    (
        "basic-block",
        &[
            "successor(resnet34.layer1.0.bn2)",
            "shape(resnet34.layer3.5.relu#2)",
            "downsample(resnet34, 3)",
        ],
    ),
    (
        "quiz-1",
        &[
            "count(resnet152, Add)",
            "residual(resnet18.layer2.0)",
            "shape(resnet18.layer4.0.conv1)",
            "shape(resnet50.maxpool)",
        ],
    ),
    (
        "bottleneck",
        &[
            "shape(resnet50.layer2.3.relu#3)",
            "params(resnet50.layer1.1.conv1) + params(resnet50.layer1.1.conv2) + params(resnet50.layer1.1.conv3)",
        ],
    ),
    (
        "shortcut",
        &[
            "count(resnet50, projections)",
            "fault(no_projection)",
            "shortcut(resnet50d.layer2.0)",
        ],
    ),
    (
        "downsampling",
        &[
            "downsample(resnet50, 1)",
            "downsample(resnet50, 2)",
            "downsample(resnet50_v1, 3)",
            "macs(resnet50) - macs(resnet50_v1)",
        ],
    ),
    (
        "shapes",
        &[
            "window(56, 3, 2, 1)",
            "window(28, 1, 1, 1)",
            "fault(padded)",
        ],
    ),
    (
        "quiz-2",
        &[
            "count(resnet34, projections)",
            "stride(resnet50.layer1.0.downsample.0)",
            "window(112, 3, 2, 0)",
            "shape(resnet101.layer3.22.relu#3)",
        ],
    ),
    (
        "parameters",
        &[
            "params(resnet50.layer2.0.conv2)",
            "params(resnet50) - params(resnet50_v1)",
            "params(resnet50.fc)",
        ],
    ),
    (
        "operations",
        &[
            "macs(resnet50.conv1)",
            r#"macs(resnet50, "torch") / macs(resnet50)"#,
            r#"macs(resnet50.bn1, "fvcore")"#,
        ],
    ),
    (
        "batch-norm",
        &[
            "bn(resnet20_fashion.bn1, normalized_variance, 3, 16)",
            "bn(resnet20_fashion.bn1, normalized_skewness, 3, 16)",
            "buffers(resnet50.bn1)",
            "(bn(resnet20_fashion.bn1, running_variance, 3, 16) - 0.9) / bn(resnet20_fashion.bn1, unbiased, 3, 16)",
            "bn_distance(resnet20_fashion.bn1, 1) / bn_distance(resnet20_fashion.bn1, 64)",
        ],
    ),
    (
        "preprocessing",
        &[
            "predecessor(resnet50.conv1)",
            "preprocess(resnet50, mean, 0)",
        ],
    ),
    (
        "forward-pass",
        &[
            "top(resnet20_fashion, 0)",
            "top(resnet20_fashion, 20)",
            "shape(resnet20_fashion.layer3.2.relu#2)",
        ],
    ),
    (
        "quiz-3",
        &[
            "params(resnet18.conv1)",
            "buffers(resnet18.layer4.1.bn2)",
            "macs(resnet18.fc)",
            "bn(resnet20_fashion.bn1, normalized_mean, 5, 16)",
        ],
    ),
    (
        "thousand-layers",
        &[
            "depth(resnet1202_cifar)",
            "predecessor(preact_resnet164_cifar.layer1.1.conv1)",
            "count(preact_resnet1001_cifar, Add)",
        ],
    ),
    (
        "wider-family",
        &[
            "params(resnext50_32x4d.layer1.1.conv2)",
            "op(seresnet50.layer1.0.se.gate)",
            "shape(resnest50d.layer1.0.conv2.conv)",
        ],
    ),
    (
        "museum",
        &[
            r#"fault("museum:darknet_sum")"#,
            r#"caught("museum:padded_1x1")"#,
            r#"caught("museum:one_downsample")"#,
            r#"caught("museum:pool_to_55")"#,
            r#"caught("museum:bare_projection")"#,
            r#"caught("museum:projection_everywhere")"#,
            r#"caught("museum:conv_biases")"#,
            r#"caught("museum:relu_before_add")"#,
            r#"caught("museum:no_last_relu")"#,
            r#"caught("museum:norm_after_relu")"#,
            r#"caught("museum:norm_after_pool")"#,
            r#"caught("museum:fixed_pool")"#,
            r#"caught("museum:large_stem")"#,
            r#"caught("museum:small_stem")"#,
            r#"caught("museum:same_padding")"#,
        ],
    ),
    (
        "degradation",
        &["trained(plain56_digits, 1)", "trained(resnet56_digits, 3)"],
    ),
    (
        "gradients",
        &["gradient(plain56_digits)", "gradient(resnet56_digits)"],
    ),
    (
        "lesions",
        &[
            "lesion(resnet20_fashion.layer3.2, main)",
            "lesion(resnet20_fashion.layer1.1, main)",
            "lesion(resnet20_fashion, shortcut)",
        ],
    ),
    (
        "where-it-looks",
        &[
            "shape(resnet20_fashion.avgpool)",
            "looks(resnet20_fashion, 0, row)",
        ],
    ),
    (
        "training",
        &[
            "trained(resnet8_digits, 1, norms)",
            "trained(resnet8_digits, 3, preprocessing)",
            "trained(resnet8_digits, 3, norms, preprocessing)",
        ],
    ),
    (
        "doubling",
        &[
            "macs(resnet18.layer2.1.conv1)",
            "params(resnet18.layer4.1.conv1)",
        ],
    ),
    (
        "fix",
        &[
            "museum:darknet_sum",
            "museum:padded_1x1",
            "museum:one_downsample",
            "museum:pool_to_55",
            "museum:bare_projection",
            "museum:projection_everywhere",
            "museum:conv_biases",
            "museum:relu_before_add",
            "museum:no_last_relu",
            "museum:norm_after_relu",
            "museum:norm_after_pool",
            "museum:fixed_pool",
            "museum:large_stem",
            "museum:small_stem",
            "museum:same_padding",
        ],
    ),
];

/// Question that an earlier course asked under a number that another one has in [`NUMBERED`].
struct Former {
    lesson: &'static str,
    number: usize,
    /// Result of the tool, which distinguishes the two.
    result: &'static str,
    query: &'static str,
}

const fn former(
    lesson: &'static str,
    number: usize,
    result: &'static str,
    query: &'static str,
) -> Former {
    Former {
        lesson,
        number,
        result,
        query,
    }
}

const FORMER: &[Former] = &[
    former(
        "residuals",
        1,
        "layer1.0.conv1, layer1.0.add",
        "successor(resnet34.maxpool)",
    ),
    former("residuals", 2, "16", "count(resnet34, Add)"),
    former("family", 3, "conv2_x", "paper_name(resnet50, 1)"),
    former("downsampling", 1, "maxpool", "downsample(resnet50, 2)"),
    former(
        "downsampling",
        2,
        "layer2.0.conv1",
        "downsample(resnet50_v1, 3)",
    ),
    former(
        "downsampling",
        3,
        "231,211,008",
        "macs(resnet50) - macs(resnet50_v1)",
    ),
    former(
        "parameters",
        2,
        "true",
        "params(resnet50) == params(resnet50_v1)",
    ),
    former(
        "operations",
        3,
        "true",
        r#"macs(resnet50, "fvcore") > macs(resnet50)"#,
    ),
    former(
        "batch-norm",
        2,
        "true",
        "bn(resnet20_fashion.bn1, skewness, 3, 16) == bn(resnet20_fashion.bn1, normalized_skewness, 3, 16)",
    ),
    former(
        "batch-norm",
        5,
        "true",
        "bn_distance(resnet20_fashion.bn1, 64) < bn_distance(resnet20_fashion.bn1, 1)",
    ),
    former(
        "preprocessing",
        1,
        "conv1",
        "successor(resnet50.preprocess.standardize)",
    ),
    former(
        "thousand-layers",
        3,
        "true",
        "runs(preact_resnet1001_cifar)",
    ),
    former(
        "wider-family",
        1,
        "32",
        "groups(resnext50_32x4d.layer1.0.conv2)",
    ),
];

/// Answers under the names of their questions. What has no name keeps its number, so nothing is lost.
pub(super) fn named(
    numbered: BTreeMap<String, BTreeMap<String, Answer>>,
) -> BTreeMap<String, BTreeMap<String, Answer>> {
    let lessons = numbered.into_iter().map(|(lesson, answers)| {
        let mut named = BTreeMap::new();
        for (number, answer) in answers {
            let name = name(&lesson, &number, &answer.truth)
                .filter(|name| !named.contains_key(*name))
                .map_or(number, str::to_owned);
            named.insert(name, answer);
        }
        (lesson, named)
    });
    lessons.collect()
}

/// Name of the question that had this number and this result.
fn name(lesson: &str, number: &str, result: &str) -> Option<&'static str> {
    let number: usize = number.parse().ok()?;
    let is_it = |former: &&Former| {
        (former.lesson, former.number, former.result) == (lesson, number, result)
    };
    if let Some(former) = FORMER.iter().find(is_it) {
        return Some(former.query);
    }
    let (_, names) = NUMBERED.iter().find(|(own, _)| *own == lesson)?;
    names.get(number.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Query, World};

    #[test]
    fn each_former_question_has_the_stated_result_and_another_name_now() {
        let world = World::new(BTreeMap::new());
        let wrong = FORMER.iter().filter_map(|former| {
            let query = Query::parse(former.query).expect("a query");
            let result = world.answer(&query).expect("an answer").text();
            let numbered = name(former.lesson, &former.number.to_string(), "");
            assert_ne!(numbered, Some(former.query));
            (result != former.result).then_some((former.query, result))
        });
        let wrong: Vec<_> = wrong.collect();
        assert_eq!(wrong, []);
    }
}
