//! Files on this disk: found, described, opened as networks, and taken for a pass.

use resnet_explore::engine::WeightsChoice;
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::{Layer, Network, Picture};
use resnet_explore::text::Language;
use resnet_explore::tui::context::Around;
use resnet_explore::weights::disk::Places;
use resnet_explore::weights::fit::wanted;
use resnet_explore::weights::safetensors::serialized;
use resnet_explore::weights::{Synthetic, WeightSource};

use crate::explorer::{Explorer, LARGE, SMALL, assert_picture, model};

/// Weights of a seed for a network, as a file of safetensors.
fn weights_of(network: &Network) -> Vec<u8> {
    let source = Synthetic { seed: 5 };
    let tensors: Vec<_> = wanted(network)
        .into_iter()
        .map(|(name, shape)| {
            let own = source.tensor(&name, &shape).expect("any tensor");
            (name, own)
        })
        .collect();
    let views: Vec<_> = tensors
        .iter()
        .map(|(name, own)| (name.clone(), own.view()))
        .collect();
    serialized(&views)
}

/// Weights for another number of classes name it, and one key opens the network that they fit, with them.
#[test]
fn what_weights_fit_is_opened_with_one_key() {
    let overrides = Overrides {
        classes: Some(7),
        ..Overrides::default()
    };
    let seven = open("resnet10t", &overrides).expect("a network");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("seven.safetensors");
    std::fs::write(&path, weights_of(&seven.network)).expect("a file");
    let path = path.display().to_string();
    let mut refused = Explorer::of("resnet10t", SMALL)
        .press("3 w /")
        .press(&path)
        .press("Enter Enter");
    let picture = refused.picture();
    assert!(
        picture.contains("f opens resnet10t with 7 classes"),
        "{picture}"
    );
    let opened = refused.press("f");
    let network = opened.app.opened().expect("a network");
    assert_eq!(network.overrides.classes, Some(7));
    assert!(network.forward.is_ready(), "its pass is prepared");
    let running = network.forward.running_on.as_ref().expect("sources");
    assert_eq!(Language::ENGLISH.say(&running.0), "seven.safetensors");
    let back = opened.press("Esc");
    let network = back.app.opened().expect("the network below");
    assert_eq!(network.overrides.classes, None);
}

/// A folder with a hub's cache, in which ResNet-10-T has weights of a seed, and a picture.
fn with_weights() -> (tempfile::TempDir, Around) {
    let folder = tempfile::tempdir().expect("a folder");
    let hub = folder.path().join("hub");
    let snapshot = hub.join("models--timm--resnet10t.c3_in1k/snapshots/0123abcd");
    std::fs::create_dir_all(&snapshot).expect("a folder");
    let weights = weights_of(&model("resnet10t").network);
    std::fs::write(snapshot.join("model.safetensors"), weights).expect("a file");
    let picture = image::RgbImage::from_fn(320, 240, |x, y| {
        image::Rgb([x as u8, y as u8, (x + y) as u8])
    });
    picture
        .save(folder.path().join("photo.png"))
        .expect("a file");
    let around = Around {
        weights: Places {
            hub: Some(hub),
            ..Places::default()
        },
        pictures: Some(folder.path().to_owned()),
        free: None,
    };
    (folder, around)
}

/// The best weights on this disk are chosen, with the picture in the folder, and prepare it as their library does: 176 pixels of 201,
/// bicubic. Without them the same network runs on synthetic weights and noise.
#[test]
fn weights_on_this_disk_are_taken_with_their_own_preprocessing() {
    let (_folder, around) = with_weights();
    let mut explorer = Explorer::of("resnet10t", SMALL);
    explorer.app.look_around(around);
    let mut explorer = explorer.press("3 w");
    let picture = explorer.picture();
    assert!(picture.contains("● c3_in1k"), "{picture}");
    assert!(picture.contains("● photo.png"), "{picture}");
    let mut explorer = explorer.press("Enter");
    let picture = explorer.picture();
    assert!(
        picture.contains("resnet10t.c3_in1k (Hugging Face cache)"),
        "{picture}"
    );
    let prepared = |explorer: &Explorer| {
        let opened = explorer.app.opened().expect("a network");
        let network = opened.forward.network();
        let layers = network.nodes().map(|(_, node)| &node.layer);
        let wanted = layers.filter_map(|layer| match layer {
            Layer::Picture(Picture::Resize { shorter, filter }) => Some((*shorter, filter.name())),
            Layer::Picture(Picture::CenterCrop { size }) => Some((size[0], "crop")),
            _ => None,
        });
        wanted.collect::<Vec<_>>()
    };
    assert_eq!(prepared(&explorer), [(201, "bicubic"), (176, "crop")]);
    // Another picture is prepared alike: `w`, the other list, the first picture of the folder.
    let explorer = explorer.press("w Tab o Enter Enter");
    assert_eq!(prepared(&explorer), [(201, "bicubic"), (176, "crop")]);
    // Noise stays as it is, at the size of the spec.
    let explorer = explorer.press("w End Enter");
    assert_eq!(prepared(&explorer), []);
    let mut nothing = Explorer::of("resnet10t", SMALL).press("3 Enter");
    let picture = nothing.picture();
    assert!(picture.contains("weights synthetic:0"), "{picture}");
}

/// Weights that are not on this disk are listed with size and licence, and say how to get them; the last row before them takes a tag.
#[test]
fn weights_that_are_elsewhere_say_how_to_get_them() {
    assert_picture!(
        "chooser_published_80x24",
        Explorer::of("resnet50", SMALL).press("3")
    );
    assert_picture!(
        "chooser_published_120x40",
        Explorer::of("resnet50", LARGE).press("3")
    );
    let mut explorer = Explorer::of("resnet50", SMALL).press("3 End Enter");
    let picture = explorer.picture();
    assert!(
        picture.contains("resnet-explore weights fetch resnet50."),
        "{picture}"
    );
    let (_folder, around) = with_weights();
    let mut explorer = Explorer::of("resnet10t", SMALL);
    explorer.app.look_around(around);
    let mut explorer = explorer.press("3 w jjjjjj Enter c3_in1k Enter");
    let picture = explorer.picture();
    assert!(picture.contains("● c3_in1k"), "{picture}");
}

/// From the first screen to the classes of one's own picture: `o`, the picture, Enter; and with a network of one's choice.
#[test]
fn six_keys_lead_from_the_start_to_the_classes_of_a_picture_of_ones_own() {
    let (folder, around) = with_weights();
    let mut explorer = Explorer::new(None, SMALL);
    explorer.app.look_around(around);
    let typed = format!("{}/", folder.path().display());
    // The folder that the explorer is started in holds the picture; a test runs elsewhere and types it.
    let mut found = explorer.press("o").press(&typed);
    let picture = found.picture();
    assert!(picture.contains("image, 320×240 pixels"), "{picture}");
    let mut ran = found.press("Enter");
    let picture = ran.picture();
    assert!(picture.contains("likeliest classes"), "{picture}");
    let opened = ran.app.opened().expect("a network");
    assert_eq!(opened.name(), "resnet10t");
    let running = opened.forward.running_on.as_ref().expect("sources");
    let weights = Language::ENGLISH.say(&running.0);
    assert_eq!(weights, "resnet10t.c3_in1k (Hugging Face cache)");
    let input = Language::ENGLISH.say(&running.1);
    assert!(input.contains("photo.png"), "{input}");
    let mut nothing = Explorer::new(None, SMALL)
        .press("o")
        .press(&typed)
        .press("Enter");
    let picture = nothing.picture();
    assert!(picture.contains("no trained ImageNet weights"), "{picture}");
}

/// A spec and a checkpoint open as networks, each after its preview.
#[test]
fn files_open_as_networks() {
    let (folder, _) = with_weights();
    let typed = format!("{}/", folder.path().display());
    let spec = folder.path().join("net.toml");
    std::fs::write(
        &spec,
        "inherits = \"resnet18\"\nsummary = \"mine\"\nclasses = 7\n",
    )
    .expect("a file");
    let mut found = Explorer::new(None, SMALL)
        .press("o")
        .press(&typed)
        .press("net");
    let picture = found.picture();
    assert!(picture.contains("network: net"), "{picture}");
    assert!(
        picture.contains("11.18 M parameters · 1.81 G MACs · depth 18"),
        "{picture}"
    );
    let opened = found.press("Enter");
    let subject = &opened.app.opened().expect("a network").subject;
    assert_eq!(
        subject
            .model
            .spec
            .file
            .classes
            .as_ref()
            .map(|own| own.value),
        Some(7)
    );
    // A checkpoint is the network that its tensors fit, with its own weights.
    let snapshot = folder
        .path()
        .join("hub/models--timm--resnet10t.c3_in1k/snapshots/0123abcd/");
    let mut checkpoint = opened.press("o").press(&snapshot.display().to_string());
    let picture = checkpoint.picture();
    assert!(picture.contains("model.safetensors"), "{picture}");
    assert!(picture.contains("network: ResNet-10-T"), "{picture}");
    let opened = checkpoint.press("Enter");
    let network = opened.app.opened().expect("a network");
    assert_eq!(network.name(), "resnet10t");
    let weights = network.forward.chooser.source().expect("weights");
    assert!(
        matches!(&weights.choice, WeightsChoice::File(path, _) if path.ends_with("model.safetensors"))
    );
    // Anything else says why it opens as none.
    std::fs::write(folder.path().join("none.pth"), "nothing").expect("a file");
    let mut none = Explorer::new(None, SMALL)
        .press("o")
        .press(&typed)
        .press("none Enter");
    assert!(none.app.opened().is_none(), "{}", none.picture());
    assert!(none.app.notice.is_some(), "{}", none.picture());
}
