//! Published weights of the catalogue's networks: where they are, what they expect, under which licence.
//!
//! The manifest is `architectures/weights.csv`; `architectures/weights.py` makes it from torchvision and timm.

use std::path::Path;
use std::sync::OnceLock;

use crate::carried::{Folder, PUBLISHED};
use crate::lower::Preparation;
use crate::network::Filter;
use crate::spec;
use crate::spec::published::training_data;

/// Rows of the manifest, without its heading.
fn rows() -> impl Iterator<Item = &'static str> {
    let files = PUBLISHED.iter().flat_map(Folder::files);
    files.flat_map(|file| file.text().lines().skip(1))
}

/// Weights that a library publishes.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedWeights {
    /// Network of the catalogue.
    pub net: &'static str,
    /// Library that publishes them: `torchvision` or `timm`.
    pub publisher: &'static str,
    /// Tag, as the library names them: `IMAGENET1K_V2`, `a1_in1k`.
    pub tag: &'static str,
    /// Repository of the Hugging Face hub.
    pub hub: Option<&'static str>,
    /// Address of a single file.
    pub url: Option<&'static str>,
    /// Name that this file had earlier.
    pub older: Option<&'static str>,
    /// Size in MB (2²⁰ bytes), where the library states it.
    pub megabytes: Option<f64>,
    /// Number of classes; 0 for weights without a head.
    pub classes: u64,
    /// Side of the input in pixels.
    pub size: u64,
    /// Shorter side of a picture after resizing, before the centre is cut out.
    pub resize: u64,
    /// Side of the input and shorter side for testing, where the library has others.
    pub test: Option<[u64; 2]>,
    /// Filter for resizing.
    pub filter: Filter,
    /// Mean that is subtracted, per channel.
    pub mean: Vec<f64>,
    /// Standard deviation that is divided by, per channel.
    pub std: Vec<f64>,
    /// Licence, as the library states it.
    pub licence: Option<&'static str>,
    /// Percentage of ImageNet-1k's validation images whose class was ranked first, where the library states it.
    pub top1: Option<f64>,
}

impl PublishedWeights {
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line
            .split(',')
            .map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
        let mut cell = || cells.next().flatten();
        let [net, publisher, tag] = [cell()?, cell()?, cell()?];
        let [hub, url, older, megabytes] = [cell(), cell(), cell(), cell()];
        let [classes, size, resize] = [cell()?, cell()?, cell()?];
        let [test_size, test_resize, filter] = [cell(), cell(), cell()];
        let [mean, std] = [cell()?, cell()?];
        let [licence, top1] = [cell(), cell()];
        let numbers = |text: &str| {
            text.split(' ')
                .map(|number| number.parse().ok())
                .collect::<Option<Vec<f64>>>()
        };
        let test = test_size.zip(test_resize);
        Some(Self {
            net,
            publisher,
            tag,
            hub,
            url,
            older,
            megabytes: megabytes.and_then(|text| text.parse().ok()),
            classes: classes.parse().ok()?,
            size: size.parse().ok()?,
            resize: resize.parse().ok()?,
            test: test.and_then(|(size, resize)| Some([size.parse().ok()?, resize.parse().ok()?])),
            filter: Filter::parse(filter?)?,
            mean: numbers(mean).unwrap_or_default(),
            std: numbers(std).unwrap_or_default(),
            licence,
            top1: top1.and_then(|text| text.parse().ok()),
        })
    }

    /// Name of the network and tag: `resnet50.a1_in1k`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.net, self.tag)
    }

    /// Pictures that they were trained on, where the tag says so.
    pub fn data(&self) -> Option<&'static str> {
        training_data(&self.name())
    }

    /// Whether the licence excludes commercial use.
    pub fn is_non_commercial(&self) -> bool {
        self.licence.is_some_and(|licence| licence.contains("-nc"))
    }

    /// Preprocessing that they expect, as the library's own evaluation does it by default.
    pub fn preparation(&self) -> Preparation {
        Preparation {
            mean: Some(self.mean.clone()),
            std: Some(self.std.clone()),
            bgr: false,
            resize: Some(self.resize),
            crop: Some(self.size),
            filter: Some(self.filter),
        }
    }

    /// Names that the single file has or had.
    pub fn files(&self) -> impl Iterator<Item = &'static str> {
        let newest = self.url.and_then(|url| url.rsplit('/').next());
        newest.into_iter().chain(self.older)
    }

    /// Address of a page or file to download them from.
    pub fn address(&self) -> String {
        match (self.hub, self.url) {
            (Some(hub), _) => format!("https://huggingface.co/{hub}"),
            (None, url) => url.unwrap_or_default().to_owned(),
        }
    }
}

/// All published weights, network by network in the catalogue's order.
pub fn all() -> &'static [PublishedWeights] {
    static ALL: OnceLock<Vec<PublishedWeights>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rows = rows();
        rows.filter_map(PublishedWeights::read).collect()
    })
}

/// Published weights of a network.
pub fn of(net: &str) -> impl Iterator<Item = &'static PublishedWeights> {
    all().iter().filter(move |row| row.net == net)
}

/// Weights by their name, `resnet50.a1_in1k`, or for a network by their tag.
pub fn named(text: &str, net: Option<&str>) -> Option<&'static PublishedWeights> {
    let whole = text
        .split_once('.')
        .and_then(|(net, tag)| of(net).find(|row| row.tag == tag));
    whole.or_else(|| of(net?).find(|row| row.tag == text))
}

/// Weights of a network that a file of this name holds.
pub fn of_file(path: &Path, net: &str) -> Option<&'static PublishedWeights> {
    let name = path.file_name()?.to_str()?;
    let is_own = |row: &&PublishedWeights| {
        row.files().any(|file| file == name)
            || path.file_stem().is_some_and(|stem| *row.name() == *stem)
    };
    of(net).find(is_own)
}

/// The most accurate of published weights with as many classes, those that exclude commercial use last.
pub fn best(
    rows: &[&'static PublishedWeights],
    classes: Option<u64>,
) -> Option<&'static PublishedWeights> {
    let rows = rows.iter().copied();
    let fitting = rows.filter(|row| Some(row.classes) == classes);
    let value = |row: &PublishedWeights| {
        let top1 = accuracy(row).map_or(f64::NEG_INFINITY, |[top1, _]| top1);
        (!row.is_non_commercial(), top1)
    };
    fitting.max_by(|a, b| {
        let ((free_a, top_a), (free_b, top_b)) = (value(a), value(b));
        free_a.cmp(&free_b).then(top_a.total_cmp(&top_b))
    })
}

/// Accuracy of weights at the size they run at by default, or the nearest: percentage of ImageNet-1k's validation images whose
/// class was ranked first, and the side of the input. From the network's spec, else the library's own.
pub fn accuracy(weights: &PublishedWeights) -> Option<[f64; 2]> {
    let name = weights.name();
    let spec = spec::load(weights.net).0?;
    let table = spec.file.published.as_ref();
    let table = table.and_then(|own| own.value.accuracy.as_ref());
    let rows = table.into_iter().flat_map(|rows| &rows.value);
    let own = rows.filter_map(|row| {
        let row = &row.value;
        let is_own = row.weights.as_ref()?.value == name;
        is_own.then_some([row.top1.as_ref()?.value.0, row.size.as_ref()?.value as f64])
    });
    let size = weights.size as f64;
    let nearest = own.min_by(|[_, a], [_, b]| (a - size).abs().total_cmp(&(b - size).abs()));
    nearest.or_else(|| Some([weights.top1?, size]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::catalog;

    #[test]
    fn every_row_is_read_and_is_of_a_network_of_the_catalogue() {
        let lines: Vec<_> = rows().collect();
        assert_eq!(all().len(), lines.len());
        for row in all() {
            assert!(catalog::names().contains(&row.net), "{}", row.net);
            assert!(row.hub.is_some() || row.url.is_some(), "{}", row.name());
            assert_eq!([row.mean.len(), row.std.len()], [3, 3], "{}", row.name());
            assert_eq!(named(&row.name(), None), Some(row));
            assert_eq!(named(row.tag, Some(row.net)), Some(row));
        }
    }

    #[test]
    fn the_best_are_accurate_and_free_to_use_where_some_are() {
        let named = |net: &str| {
            let all: Vec<_> = of(net).collect();
            best(&all, Some(1000)).map(PublishedWeights::name)
        };
        assert_eq!(named("resnet18").as_deref(), Some("resnet18.a1_in1k"));
        let more_accurate = super::named("resnet18.fb_swsl_ig1b_ft_in1k", None);
        assert!(more_accurate.is_some_and(PublishedWeights::is_non_commercial));
        assert_eq!(named("resnet50_v1"), None);
    }

    #[test]
    fn files_are_known_by_their_names_of_today_and_of_then() {
        let found = |name: &str| of_file(Path::new(name), "resnet50").map(PublishedWeights::name);
        let first = Some("resnet50.IMAGENET1K_V1".to_owned());
        assert_eq!(found("weights/resnet50-0676ba61.pth"), first);
        assert_eq!(found("resnet50-19c8e357.pth"), first);
        assert_eq!(
            found("resnet50.a1_in1k.safetensors").as_deref(),
            Some("resnet50.a1_in1k")
        );
        assert_eq!(found("resnet50.pth"), None);
        assert_eq!(found("resnet18-f37072fd.pth"), None);
    }
}
