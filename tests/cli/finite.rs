//! Passes and weights that are not finite, and inputs that are endless or truncated.

use super::{run, stderr, stdout};

const SPEC: &str = "tests/data/checkpoints/tiny.toml";
const NAN: &str = "tests/data/checkpoints/tiny_nan.pth";
const VARIANCE: &str = "tests/data/checkpoints/tiny_variance.pth";

#[test]
fn a_pass_that_is_not_finite_fails_and_names_layer_and_tensor() {
    let cases = [
        (
            NAN,
            "`conv1` is the first layer",
            "`conv1.weight`: not a number: 1 of 216 values",
        ),
        (
            VARIANCE,
            "`bn1` is the first layer",
            "`bn1.running_var`: below 0, impossible for a variance: 8 of 8 values",
        ),
    ];
    for (weights, layer, tensor) in cases {
        for more in [
            &[][..],
            &["--plain"],
            &["--value", "fc:0"],
            &["--format", "json"],
        ] {
            let args = [&["run", SPEC, "--weights", weights], more].concat();
            let output = run(&args);
            assert_eq!(output.status.code(), Some(1), "{args:?}");
            let notice = stderr(&output);
            assert!(
                notice.contains(layer) && notice.contains(tensor),
                "{notice}"
            );
            let shown = stdout(&output);
            assert!(!shown.is_empty() && !shown.contains('✓'), "{shown}");
        }
        let output = run(&["check", SPEC, "--weights", weights]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stdout(&output).contains(tensor), "{}", stdout(&output));
    }
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_not_read() {
    let device = "it is a device, not a file";
    let calls = [
        ["run", "resnet20_fashion", "--input", "/dev/zero"],
        ["check", "resnet20_fashion", "--weights", "/dev/zero"],
    ];
    for call in calls {
        let output = run(&call);
        assert_eq!(output.status.code(), Some(1), "{call:?}");
        assert!(stderr(&output).contains(device), "{}", stderr(&output));
    }
    let output = run(&["check", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains(device), "{}", stdout(&output));

    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.png");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    let output = run(&[
        "run",
        "resnet20_fashion",
        "--input",
        pipe.to_str().expect("UTF-8"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("it is a pipe, which may never end"));
}

#[test]
fn a_picture_that_is_cut_short_is_refused() {
    let output = run(&[
        "run",
        "resnet20_fashion",
        "--input",
        "tests/data/pictures/cut.jpg",
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("it is truncated"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn an_activation_that_is_not_relu_is_refused_and_a_name_of_ones_own_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.toml");
    let check = |name: &str| {
        let text = std::fs::read_to_string(SPEC).expect("a spec").replacen(
            "\"relu\"",
            &format!("\"{name}\""),
            1,
        );
        assert!(text.contains(name));
        std::fs::write(&path, text).expect("written");
        run(&["check", path.to_str().expect("UTF-8")])
    };
    for name in [
        "silu",
        "SiLU",
        "gelu1",
        "elu",
        "leaky_relu",
        "relu6",
        "hard_swish",
        "mish",
        "tanh",
        "sigmoid",
    ] {
        let output = check(name);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(
            stdout(&output).contains("would run as ReLU"),
            "{name}: {}",
            stdout(&output)
        );
    }
    for name in ["relu1", "act", "activation", "nonlin", "relu_3", "se_act"] {
        assert_eq!(check(name).status.code(), Some(0), "{name}");
    }
}
