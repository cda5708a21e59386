//! Tests with generated files, intact and damaged.

use super::*;
use ::safetensors::tensor::TensorView;

/// One tensor of each type that is read, and one that is not.
fn file() -> Vec<u8> {
    let floats: Vec<u8> = [1.5_f32, -2.0, 0.1, 3e-40, 5.0, 6.0]
        .iter()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    let halves: Vec<u8> = [0x3C00_u16, 0xC000]
        .iter()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    let tensors = [
        (
            "fc.weight",
            TensorView::new(Dtype::F32, vec![2, 3], &floats),
        ),
        ("fc.bias", TensorView::new(Dtype::F16, vec![2], &halves)),
        ("bn.bias", TensorView::new(Dtype::BF16, vec![2], &halves)),
        (
            "bn.num_batches_tracked",
            TensorView::new(Dtype::I64, vec![], &floats[..8]),
        ),
    ];
    ::safetensors::serialize(tensors.map(|(name, view)| (name, view.unwrap())), None).unwrap()
}

fn open(bytes: Vec<u8>) -> Result<SafetensorsFile, WeightError> {
    SafetensorsFile::new(Bytes::Owned(bytes.into()), "dir/small.safetensors".into())
}

#[test]
fn tensors_come_out_as_they_went_in() {
    let file = open(file()).unwrap();
    assert_eq!(file.label(), "small.safetensors");
    let weight = file.tensor("fc.weight", &[2, 3]).unwrap();
    assert_eq!(
        weight,
        ndarray::arr2(&[[1.5, -2.0, 0.1], [3e-40, 5.0, 6.0]]).into_dyn()
    );
    let bias = file.tensor("fc.bias", &[2]).unwrap();
    assert_eq!(bias, ndarray::arr1(&[1.0, -2.0]).into_dyn());
    let bias = file.tensor("bn.bias", &[2]).unwrap();
    assert_eq!(bias, ndarray::arr1(&[0.007_812_5, -2.0]).into_dyn());
    let names = file.names().unwrap();
    assert_eq!(names.len(), 4);
    assert!(names.contains(&("fc.weight".to_owned(), vec![2, 3])));
}

#[test]
fn a_wrong_wish_is_reported_apart() {
    let file = open(file()).unwrap();
    let missing = file.tensor("fc.wieght", &[2, 3]).unwrap_err();
    assert!(
        matches!(&missing, WeightError::Missing { suggestion: Some(name), .. } if name == "fc.weight"),
        "{missing}"
    );
    let shape = file.tensor("fc.weight", &[3, 2]).unwrap_err();
    assert!(
        matches!(&shape, WeightError::Shape { found, .. } if *found == [2, 3]),
        "{shape}"
    );
    let dtype = file.tensor("bn.num_batches_tracked", &[]).unwrap_err();
    assert!(
        matches!(&dtype, WeightError::DType { dtype, .. } if dtype == "I64"),
        "{dtype}"
    );
}

#[test]
fn a_file_that_is_not_there_or_something_else_is_explained() {
    let missing = SafetensorsFile::open("no/such/file.safetensors").unwrap_err();
    assert!(matches!(missing, WeightError::Open { .. }), "{missing}");
    let zip = open(b"PK\x03\x04 and so on, more than eight bytes".to_vec()).unwrap_err();
    assert!(zip.to_string().contains("weights-zip"), "{zip}");
    let pointer = open(b"version https://git-lfs.github.com/spec/v1".to_vec()).unwrap_err();
    assert!(pointer.to_string().contains("foreign-git-lfs"), "{pointer}");
}

/// Reads all tensors that the file claims to have; a damaged file may give other numbers or errors, but no panic.
fn read_everything(bytes: Vec<u8>) -> Result<(), WeightError> {
    let file = open(bytes)?;
    for (name, shape) in file.names().unwrap() {
        let _ = file.tensor(&name, &shape);
    }
    Ok(())
}

#[test]
fn a_file_cut_short_is_refused_wherever_it_is_cut() {
    let whole = file();
    read_everything(whole.clone()).unwrap();
    for length in 0..whole.len() {
        let error = read_everything(whole[..length].to_vec()).unwrap_err();
        assert!(
            matches!(error, WeightError::Format { .. }),
            "{length}: {error}"
        );
    }
}

#[test]
fn no_damaged_byte_panics() {
    let whole = file();
    for place in 0..whole.len() {
        for flip in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF] {
            let mut damaged = whole.clone();
            damaged[place] ^= flip;
            let _ = read_everything(damaged);
        }
    }
}
