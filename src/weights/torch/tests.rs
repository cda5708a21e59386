//! Tests with archives and pickles that PyTorch would not write.
mod zip64;

use super::*;
use crate::text::Language;
use crate::weights::checkpoint;
use std::io::Write;

/// An archive of these members, compressed or not.
fn archive(members: &[(&str, &[u8])], compressed: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, data) in members {
        let method = if compressed {
            rawzip::CompressionMethod::DEFLATE
        } else {
            rawzip::CompressionMethod::STORE
        };
        let file = archive.new_file(name).compression_method(method);
        let (mut entry, config) = file.start().unwrap();
        let descriptor = if compressed {
            let packer =
                flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best());
            let mut writer = config.wrap(packer);
            writer.write_all(data).unwrap();
            let (packer, descriptor) = writer.finish().unwrap();
            packer.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(data).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

/// An integer as LONG1 of eight bytes.
fn int(value: i64) -> Vec<u8> {
    let mut bytes = vec![0x8a, 8];
    bytes.extend(value.to_le_bytes());
    bytes
}

fn tuple(values: &[i64]) -> Vec<u8> {
    let mut bytes = vec![b'('];
    bytes.extend(values.iter().flat_map(|value| int(*value)));
    bytes.push(b't');
    bytes
}

/// A pickle of `{"w": tensor}`, with storage "0" of `count` f32.
fn pickle(count: i64, offset: i64, shape: &[i64], stride: &[i64]) -> Vec<u8> {
    let mut bytes = b"\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n(".to_vec();
    bytes.extend(
        b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpu",
    );
    bytes.extend(int(count));
    bytes.extend(b"tQ");
    bytes.extend(int(offset));
    bytes.extend(tuple(shape));
    bytes.extend(tuple(stride));
    bytes.extend(b"\x89ccollections\nOrderedDict\n)RtRs.");
    bytes
}

fn open(bytes: Vec<u8>) -> Result<Box<dyn WeightSource>, WeightError> {
    checkpoint::of(
        Bytes::Owned(bytes.into()),
        "it.pth".as_ref(),
        crate::weights::wrapping::For::default(),
    )
}

fn english(error: &WeightError) -> String {
    Language::ENGLISH.say(&error.message())
}

fn refusal(bytes: Vec<u8>) -> String {
    match open(bytes) {
        Ok(file) => panic!("{:?} was taken", file.names()),
        Err(error) => english(&error),
    }
}

/// An archive of the pickle with a storage of six numbers.
fn six(pickle: &[u8]) -> Vec<u8> {
    let numbers: Vec<u8> = (0..6)
        .flat_map(|value| (value as f32).to_le_bytes())
        .collect();
    archive(&[("a/data.pkl", pickle), ("a/data/0", &numbers)], false)
}

#[test]
fn strides_and_offsets_are_obeyed() {
    let read = |offset, shape: &[i64], stride: &[i64]| {
        let file = open(six(&pickle(6, offset, shape, stride))).unwrap();
        let shape: Vec<usize> = shape.iter().map(|size| *size as usize).collect();
        file.tensor("w", &shape)
            .unwrap()
            .into_raw_vec_and_offset()
            .0
    };
    assert_eq!(read(0, &[2, 3], &[3, 1]), [0., 1., 2., 3., 4., 5.]);
    assert_eq!(read(0, &[3, 2], &[1, 3]), [0., 3., 1., 4., 2., 5.]);
    assert_eq!(read(1, &[2, 2], &[3, 1]), [1., 2., 4., 5.]);
    assert_eq!(read(5, &[3], &[0]), [5., 5., 5.]);
    assert_eq!(read(4, &[1, 2], &[999, 1]), [4., 5.]);
    assert_eq!(read(2, &[], &[]), [2.]);
    assert_eq!(read(6, &[0, 3], &[3, 1]), Vec::<f32>::new());
}

#[test]
fn a_description_that_lies_is_refused() {
    let beyond = "reaches beyond its storage";
    let huge = i64::MAX;
    let cases: [(Vec<u8>, &str); 12] = [
        (pickle(6, 0, &[7], &[1]), beyond),
        (pickle(6, 1, &[2, 3], &[3, 1]), beyond),
        (pickle(6, 0, &[2, 3], &[4, 1]), beyond),
        (pickle(6, 0, &[huge], &[1]), beyond),
        (pickle(6, 0, &[huge, huge], &[0, 0]), beyond),
        (pickle(6, 0, &[2, 2], &[huge, huge]), beyond),
        (pickle(6, huge, &[1], &[1]), beyond),
        (pickle(6, 0, &[6], &[-1]), "negative size or stride, -1"),
        (pickle(6, 0, &[-6], &[1]), "negative size or stride, -6"),
        (pickle(6, -1, &[2], &[1]), "begins before its storage"),
        (pickle(6, 0, &[2, 3], &[1]), "2 dimensions and 1 strides"),
        (pickle(7, 0, &[7], &[1]), "should have 28 bytes and has 24"),
    ];
    for (pickle, expected) in cases {
        let notice = refusal(six(&pickle));
        assert!(
            notice.contains(expected),
            "{notice}\ninstead of: {expected}"
        );
    }
    let notice = refusal(six(&pickle(huge, 0, &[1], &[1])));
    assert!(notice.contains(beyond), "{notice}");
    let notice = refusal(archive(&[("a/data.pkl", &pickle(6, 0, &[6], &[1]))], false));
    assert!(notice.contains("storage 0 is missing"), "{notice}");
}

#[test]
fn a_view_of_few_numbers_can_claim_many_and_takes_no_memory() {
    // A tensor of 2^58 elements, all the same one: it fits no network, so it is never created.
    let file = open(six(&pickle(6, 0, &[1 << 29, 1 << 29], &[0, 0]))).unwrap();
    assert_eq!(file.names().unwrap()[0].1, [1 << 29, 1 << 29]);
    let error = file.tensor("w", &[2, 3]).unwrap_err();
    assert!(matches!(error, WeightError::Shape { .. }), "{error}");
}

#[test]
fn zip_bombs_are_not_unpacked() {
    let zeros = vec![0; 64 << 20];
    let bomb = archive(&[("a/data.pkl", &zeros)], true);
    assert!(bomb.len() < 80_000);
    let notice = refusal(bomb);
    assert!(
        notice.contains("67108864 bytes, more than 32 MiB"),
        "{notice}"
    );

    // A storage that would decompress to a thousand times the tensor's needs.
    let count = 16 << 20;
    let members: [(&str, &[u8]); 2] = [
        ("a/data.pkl", &pickle(count, 5, &[2, 3], &[3, 1])),
        ("a/data/0", &zeros),
    ];
    let file = open(archive(&members, true)).unwrap();
    let notice = english(&file.tensor("w", &[2, 3]).unwrap_err());
    assert!(
        notice.contains("small part of 67108864 compressed bytes"),
        "{notice}"
    );
    // Uncompressed, the file is as large as its contents.
    let file = open(archive(&members, false)).unwrap();
    assert!(
        file.tensor("w", &[2, 3])
            .unwrap()
            .iter()
            .all(|value| *value == 0.0)
    );
}

/// Changes the central directory's record of a member; `at` counts from the record's start.
fn patched(mut bytes: Vec<u8>, member: &str, at: usize, value: &[u8]) -> Vec<u8> {
    let record = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, window)| window == b"PK\x01\x02")
        .map(|(place, _)| place)
        .find(|place| bytes[place + 46..].starts_with(member.as_bytes()))
        .unwrap();
    bytes[record + at..record + at + value.len()].copy_from_slice(value);
    bytes
}

#[test]
fn a_directory_that_lies_is_refused() {
    let good = six(&pickle(6, 0, &[6], &[1]));
    let max = u32::MAX.to_le_bytes();
    let notice = refusal(patched(good.clone(), "a/data/0", 24, &max));
    assert!(
        notice.contains("claims") || notice.contains("ZIP"),
        "{notice}"
    );
    let both = patched(
        patched(good.clone(), "a/data/0", 20, &[0xFE; 4]),
        "a/data/0",
        24,
        &[0xFE; 4],
    );
    let notice = refusal(both);
    assert!(
        notice.contains("ZIP archive is truncated or damaged"),
        "{notice}"
    );
    let notice = refusal(patched(good.clone(), "a/data/0", 42, &max));
    assert!(
        notice.contains("ZIP archive is truncated or damaged"),
        "{notice}"
    );
    // The storage's record refers to the description: the same bytes twice.
    let notice = refusal(patched(
        patched(good.clone(), "a/data/0", 42, &[0; 4]),
        "a/data/0",
        20,
        &[24, 0, 0, 0, 24, 0, 0, 0],
    ));
    assert!(notice.contains("overlap"), "{notice}");
    let notice = refusal(patched(good.clone(), "a/data/0", 10, &[12, 0]));
    assert!(notice.contains("compressed by method 12"), "{notice}");
    let file = open(patched(good, "a/data/0", 16, &[1, 2, 3, 4])).unwrap();
    let notice = english(&file.tensor("w", &[6]).unwrap_err());
    assert!(notice.contains("its checksum is wrong"), "{notice}");

    let twice = archive(&[("a/data.pkl", b"N."), ("a/data.pkl", b"N.")], false);
    assert!(refusal(twice).contains("two files `a/data.pkl`"));
    let notice = refusal(archive(&[("readme.txt", b"hello")], false));
    assert!(notice.contains("without a `data.pkl`"), "{notice}");
    let notice = refusal(archive(
        &[("a/data.pkl", b"N."), ("a/byteorder", b"big")],
        false,
    ));
    assert!(notice.contains("big-endian"), "{notice}");
}

#[test]
fn pickles_that_would_fill_the_memory_are_refused() {
    let pickled = |pickle: &[u8]| refusal(archive(&[("a/data.pkl", pickle)], false));
    // Text of 2^63 bytes, a tuple that contains itself, deeply nested lists, and more objects than any checkpoint has.
    let mut long = b"\x80\x04\x8d".to_vec();
    long.extend((1_u64 << 63).to_le_bytes());
    assert!(pickled(&long).contains("too early"));
    let notice = pickled(b"\x80\x02]q\x00h\x00a.");
    assert!(
        notice.contains("a list: a checkpoint holds named tensors"),
        "{notice}"
    );
    let notice = pickled(b"\x80\x02}q\x00X\x05\x00\x00\x00modelh\x00s.");
    assert!(notice.contains("none of its entries"), "{notice}");
    let tower = [vec![b']'; 100_000], vec![b'a'; 99_999], b".".to_vec()].concat();
    assert!(pickled(&tower).contains("a list"));
    let crowd = vec![b'N'; 3_000_000];
    assert!(pickled(&crowd).contains("more than 2000000 objects"));
    // An OrderedDict of the same thousand pairs, ten thousand times over.
    let mut doubled = b"\x80\x02](".to_vec();
    doubled.extend(b"NN\x86".repeat(1000));
    doubled.extend(b"e\x85q\x00ccollections\nOrderedDict\nq\x01");
    doubled.extend(b"h\x01h\x00R".repeat(10_000));
    assert!(pickled(&doubled).contains("more than 2000000 objects"));
    for opcode in [b'i', b'o', 0x82, 0x97, b'P', 0xFF] {
        let notice = pickled(&[0x80, 2, opcode, b'.']);
        assert!(notice.contains("cannot be used"), "{notice}");
    }
    for text in ["R.", "u.", "0.", "h\x07.", "Nb.", "(Q.", "NQ.", "t."] {
        let notice = pickled(text.as_bytes());
        assert!(notice.contains("cannot be used"), "{notice}");
    }
}

/// A protocol 2 pickle of `{"w": tensor, "x": OTHER}`, where the tensor is good.
fn beside(other: &[u8]) -> Vec<u8> {
    let whole = pickle(6, 0, &[2, 3], &[3, 1]);
    let mut bytes = whole[..whole.len() - 1].to_vec();
    bytes.extend(b"X\x01\x00\x00\x00x");
    bytes.extend(other);
    bytes.extend(b"s.");
    bytes
}

#[test]
fn what_can_harm_is_refused_even_where_nothing_needs_it() {
    for module in [
        "os",
        "os.path",
        "posix",
        "nt",
        "subprocess",
        "sys",
        "importlib",
        "importlib._bootstrap",
        "ctypes",
        "runpy",
        "pickle",
        "_pickle",
        "builtins",
        "__builtin__",
        "shutil",
        "socket",
        "pty",
        "torch.hub",
    ] {
        for name in ["system", "eval", "getattr"] {
            let notice = refusal(six(&beside(format!("c{module}\n{name}\n").as_bytes())));
            let expected = format!("asks for `{module}.{name}`, which is refused");
            assert!(notice.contains(&expected), "{notice}");
        }
    }
    // The names of today's list stay harmless, and no other of that package.
    for name in [
        "set",
        "frozenset",
        "bytearray",
        "complex",
        "int",
        "float",
        "list",
        "dict",
    ] {
        open(six(&beside(format!("cbuiltins\n{name}\n").as_bytes()))).unwrap();
    }
}

#[test]
fn strangers_are_placeholders_that_are_never_called() {
    let class = b"cmade.up\nConfig\n".as_slice();
    for call in [
        b"".as_slice(),
        b")R",
        b")\x81",
        b")}\x92",
        b")R)R)R",
        b")\x81}b",
        b")\x81}X\x01\x00\x00\x00aNsb",
        b")\x81NNs",
        b")\x81(NNNNu",
        b")\x81Na",
        b"(NNl\x85R",
    ] {
        let file = open(six(&beside(&[class, call].concat()))).unwrap();
        let names: Vec<_> = file.names().unwrap();
        assert_eq!(names, [("w".to_owned(), vec![2, 3])], "{call:?}");
    }
    // One in the place of the weights is named.
    let notice = refusal(archive(
        &[("a/data.pkl", b"\x80\x02cmade.up\nNet\n)\x81}b.")],
        false,
    ));
    assert!(notice.contains("asks for `made.up.Net`"), "{notice}");
    let model = b"\x80\x02}X\x05\x00\x00\x00modelcmade.up\nNet\n)\x81s.";
    let notice = refusal(archive(&[("a/data.pkl", model)], false));
    assert!(notice.contains("asks for `made.up.Net`"), "{notice}");
}

#[test]
fn neither_marks_nor_the_memo_nor_long_names_fill_the_memory() {
    let pickled = |pickle: &[u8]| refusal(archive(&[("a/data.pkl", pickle)], false));
    assert!(pickled(&vec![b'('; 200_000]).contains("open marks"));
    let memo = [b"N".as_slice(), &vec![0x94; 2_100_000]].concat();
    assert!(pickled(&memo).contains("more than 2000000 objects"));
    let twins = [b"N".as_slice(), &vec![b'2'; 4_100_000]].concat();
    assert!(pickled(&twins).contains("objects on its stack"));
    // A name of a megabyte that is fetched again and again.
    let mut long = b"\x80\x04X\x00\x00\x10\x00".to_vec();
    long.extend(vec![b'a'; 1 << 20]);
    long.extend(b"q\x00X\x01\x00\x00\x00bq\x01");
    long.extend(b"h\x00h\x01\x93".repeat(1000));
    long.extend(b".");
    assert!(pickled(&long).contains("name that is too long"));
    let mut key = b"\x80\x02}X\x00\x00\x10\x00".to_vec();
    key.extend(vec![b'a'; 1 << 20]);
    let whole = pickle(6, 0, &[2, 3], &[3, 1]);
    key.extend(&whole[9..]);
    assert!(refusal(six(&key)).contains("name that is too long"));
}

/// A bare pickle of `{"w": array}`: numpy's state with that shape and data.
fn numpy(kind: &str, order: &str, shape: &[i64], data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x80\x03}X\x01\x00\x00\x00wcnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85C\x01b\x87R(K\x01".to_vec();
    bytes.extend(tuple(shape));
    bytes.extend(format!("cnumpy\ndtype\n(S'{kind}'\n").bytes());
    bytes.extend(b"\x89\x88tR(K\x03");
    bytes.extend(format!("S'{order}'\n").bytes());
    bytes.extend(b"NNNK\x00K\x00K\x00tb\x89B");
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(data);
    bytes.extend(b"tbs.");
    bytes
}

#[test]
fn arrays_of_numpy_that_lie_are_refused() {
    let numbers: Vec<u8> = (0..6)
        .flat_map(|value| (value as f32).to_le_bytes())
        .collect();
    let file = open(numpy("f4", "<", &[2, 3], &numbers)).unwrap();
    let values = file
        .tensor("w", &[2, 3])
        .unwrap()
        .into_raw_vec_and_offset()
        .0;
    assert_eq!(values, [0., 1., 2., 3., 4., 5.]);
    let huge = i64::MAX;
    for (kind, order, shape) in [
        ("f4", "<", vec![7]),
        ("f4", "<", vec![5]),
        ("f8", "<", vec![6]),
        ("f4", "<", vec![huge]),
        ("f4", "<", vec![huge, huge]),
        ("f4", "<", vec![1 << 31, 1 << 33]),
        ("f4", "<", vec![-6]),
        ("f4", ">", vec![6]),
        ("O8", "|", vec![6]),
    ] {
        let notice = refusal(numpy(kind, order, &shape, &numbers));
        assert!(
            notice.contains("cannot be used"),
            "{kind} {shape:?}: {notice}"
        );
    }
}

#[test]
fn random_pickles_harm_nothing() {
    // The whole promise: RESNET_EXPLORE_EVENTS=1000000.
    let events = std::env::var("RESNET_EXPLORE_EVENTS").ok();
    let events: u64 = events
        .and_then(|events| events.parse().ok())
        .unwrap_or(20_000);
    let numbers = [0; 24];
    let seeds = [
        pickle(6, 0, &[2, 3], &[3, 1]),
        beside(b"cmade.up\nConfig\n)\x81}b"),
        numpy("f4", "<", &[2, 3], &numbers),
    ];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below as u64) as usize
    };
    let mut taken = 0;
    for event in 0..events {
        let mut bytes = seeds[next(seeds.len())].clone();
        for _ in 0..=next(4) {
            let place = next(bytes.len());
            match next(3) {
                0 => bytes[place] = next(256) as u8,
                1 => drop(bytes.remove(place)),
                _ => {
                    let from = next(bytes.len());
                    let run = bytes[from..(from + next(12)).min(bytes.len())].to_vec();
                    drop(bytes.splice(place..place, run));
                }
            }
            if bytes.len() < 2 {
                break;
            }
        }
        let file = if event % 2 == 0 { six(&bytes) } else { bytes };
        let Ok(file) = open(file) else { continue };
        for (name, shape) in file.names().unwrap() {
            if shape.iter().product::<usize>() < 1 << 20 {
                taken += usize::from(file.tensor(&name, &shape).is_ok());
            }
        }
    }
    assert!(taken > 0);
}

#[test]
fn what_a_pickle_asks_for_is_refused_by_name() {
    let asks = [
        (
            b"\x80\x02cposix\nsystem\nX\x02\x00\x00\x00ls\x85R.".as_slice(),
            "posix.system",
        ),
        (b"\x80\x04\x8c\x02os\x8c\x06system\x93.", "os.system"),
        (b"cbuiltins\neval\n(S'1'\ntR.", "builtins.eval"),
        (b"\x80\x02ctorch\nload\n.", "torch.load"),
        (
            b"\x80\x02ctorch._utils\n_rebuild_sparse_tensor\n.",
            "torch._utils._rebuild_sparse_tensor",
        ),
        (b"\x80\x02ctorch\nQInt8Storage\n.", "torch.QInt8Storage"),
        (b"\x80\x02c__torch__.net\nNet\n.", "__torch__.net.Net"),
    ];
    for (pickle, name) in asks {
        for bytes in [pickle.to_vec(), archive(&[("a/data.pkl", pickle)], true)] {
            let error = open(bytes).err().unwrap();
            assert!(
                matches!(&error, WeightError::Refused { name: found, .. } if found == name),
                "{error}"
            );
        }
    }
}
