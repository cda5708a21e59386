//! Archives with 64-bit size records, which `torch.save` writes for large members.

use super::*;

/// Sizes and offset of a member, as in the 64-bit record of the directory.
type Sizes = [u64; 3];

/// An archive of these members, uncompressed, with all sizes and offsets in 64-bit records.
fn archive(members: &[(&str, &[u8])], lie: impl Fn(&str, Sizes) -> Sizes) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, data) in members {
        let place = bytes.len() as u64;
        let size = data.len() as u64;
        let mut crc = flate2::Crc::new();
        crc.update(data);
        // From the version (4.5) to the name's length; sizes are in the record after the name.
        let mut common = vec![45, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc.sum().to_le_bytes());
        common.extend([0xFF; 8]);
        common.extend((name.len() as u16).to_le_bytes());
        let record = |sizes: &[u64]| {
            let mut record = vec![1, 0];
            record.extend((8 * sizes.len() as u16).to_le_bytes());
            record.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
            record
        };
        let local = record(&[size, size]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend((local.len() as u16).to_le_bytes());
        bytes.extend(name.as_bytes());
        bytes.extend(local);
        bytes.extend(*data);
        let central = record(&lie(name, [size, size, place]));
        directory.extend(b"PK\x01\x02\x2d\x03");
        directory.extend(&common);
        directory.extend((central.len() as u16).to_le_bytes());
        // No comment, first disk, no attributes; the offset is in the record.
        directory.extend([0; 10]);
        directory.extend([0xFF; 4]);
        directory.extend(name.as_bytes());
        directory.extend(central);
    }
    let count = members.len() as u64;
    let start = bytes.len() as u64;
    bytes.extend(&directory);
    let end = bytes.len() as u64;
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([45, 3, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [count, count, directory.len() as u64, start] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(end.to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([0xFF; 12]);
    bytes.extend([0, 0]);
    bytes
}

fn six(lie: impl Fn(&str, Sizes) -> Sizes) -> Vec<u8> {
    let numbers: Vec<u8> = (0..6)
        .flat_map(|value| (value as f32).to_le_bytes())
        .collect();
    let pickle = pickle(6, 0, &[6], &[1]);
    archive(&[("a/data.pkl", &pickle), ("a/data/0", &numbers)], lie)
}

#[test]
fn sizes_of_64_bits_are_read() {
    let file = open(six(|_, sizes| sizes)).unwrap();
    let tensor = file.tensor("w", &[6]).unwrap();
    assert_eq!(tensor.into_raw_vec_and_offset().0, [0., 1., 2., 3., 4., 5.]);
}

#[test]
fn sizes_and_places_near_the_end_of_64_bits_are_refused() {
    let lies: [fn(Sizes) -> Sizes; 6] = [
        |[_, _, place]| [u64::MAX, u64::MAX, place],
        |[_, _, place]| [u64::MAX - 3, u64::MAX - 3, place],
        |[size, packed, _]| [size, packed, u64::MAX],
        |[size, packed, _]| [size, packed, u64::MAX - 30],
        |[size, packed, place]| [size | 1 << 63, packed, place],
        |[_, _, _]| [1 << 40; 3],
    ];
    for (number, lie) in lies.into_iter().enumerate() {
        for member in ["a/data.pkl", "a/data/0"] {
            let bytes = six(|name, sizes| if name == member { lie(sizes) } else { sizes });
            let notice = refusal(bytes);
            let words = [
                "ZIP archive is truncated or damaged",
                "claims",
                "would take",
                "overlap",
            ];
            assert!(
                words.iter().any(|words| notice.contains(words)),
                "{number}, {member}: {notice}"
            );
        }
    }
}

#[test]
fn an_archive_of_64_bits_cut_anywhere_is_refused() {
    let whole = six(|_, sizes| sizes);
    for length in 0..whole.len() {
        let notice = refusal(whole[..length].to_vec());
        assert!(notice.contains("cannot be used"), "{length}: {notice}");
    }
}
