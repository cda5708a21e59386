//! Faults of servers: each ends with the whole file, or with its cause and no file.

use std::time::{Duration, Instant};

use super::*;

/// Result of a download from a server that fails in one way.
enum Result {
    /// The whole file, after so many requests for bytes.
    Whole(usize),
    /// A failure, with the bytes that are kept.
    Fails(fn(&Cause) -> bool, u64),
}

const fn wait(seconds: &'static str) -> &'static [(&'static str, &'static str)] {
    match seconds.as_bytes() {
        b"1" => &[("Retry-After", "1")],
        _ => &[("Retry-After", "3600")],
    }
}

/// A fault: its name, the answers of the server, and the result.
type Case = (&'static str, Vec<Plan>, Result);

/// Faults after which the file is whole.
fn passing() -> Vec<Case> {
    let kilobytes = 4 << 10;
    vec![
        ("right", vec![Plan::Right], Result::Whole(1)),
        (
            "chunked, without a length",
            vec![Plan::Chunked],
            Result::Whole(1),
        ),
        (
            "slow",
            vec![Plan::Slow(Duration::from_millis(100))],
            Result::Whole(1),
        ),
        (
            "cut, then whole from the beginning",
            vec![Plan::Cut(kilobytes), Plan::Whole],
            Result::Whole(2),
        ),
        (
            "cut, then another range",
            vec![Plan::Cut(kilobytes), Plan::OtherRange],
            Result::Whole(3),
        ),
        (
            "silent in the middle",
            vec![Plan::Stall(kilobytes)],
            Result::Whole(2),
        ),
        (
            "503, 500, right",
            vec![Plan::Status(503, &[]), Plan::Status(500, &[])],
            Result::Whole(3),
        ),
        (
            "429 for a second",
            vec![Plan::Status(429, wait("1"))],
            Result::Whole(2),
        ),
    ]
}

/// Faults that end a download.
fn failing() -> Vec<Case> {
    let kilobytes = 4 << 10;
    let busy = |cause: &Cause| matches!(cause, Cause::Busy { wait: Some(wait), .. } if wait.as_secs() == 3600);
    vec![
        (
            "429 for an hour",
            vec![Plan::Status(429, wait("3600"))],
            Result::Fails(busy, 0),
        ),
        (
            "429 for an hour, after a cut",
            vec![Plan::Cut(kilobytes), Plan::Status(429, wait("3600"))],
            Result::Fails(busy, 4096),
        ),
        (
            "500 for ever",
            vec![Plan::Status(500, &[]); 3],
            Result::Fails(
                |cause| matches!(cause, Cause::Status { status: 500, .. }),
                0,
            ),
        ),
        (
            "cut at once for ever",
            vec![Plan::Cut(0); 3],
            Result::Fails(|cause| matches!(cause, Cause::Broken { .. }), 0),
        ),
        (
            "cut, then cut at once for ever",
            vec![
                Plan::Cut(kilobytes),
                Plan::Cut(0),
                Plan::Cut(0),
                Plan::Cut(0),
            ],
            Result::Fails(|cause| matches!(cause, Cause::Broken { .. }), 4096),
        ),
        (
            "no answer",
            vec![Plan::Silent],
            Result::Fails(|cause| matches!(cause, Cause::Unreachable { .. }), 0),
        ),
        (
            "401",
            vec![Plan::Status(401, &[])],
            Result::Fails(
                |cause| matches!(cause, Cause::Denied { status: 401, .. }),
                0,
            ),
        ),
        (
            "403",
            vec![Plan::Status(403, &[])],
            Result::Fails(
                |cause| matches!(cause, Cause::Denied { status: 403, .. }),
                0,
            ),
        ),
        (
            "404",
            vec![Plan::Status(404, &[])],
            Result::Fails(|cause| matches!(cause, Cause::Missing { .. }), 0),
        ),
        (
            "a web page",
            vec![Plan::Page],
            Result::Fails(|cause| matches!(cause, Cause::Page(_)), 0),
        ),
        (
            "other bytes of the same length",
            vec![Plan::Other],
            Result::Fails(|cause| matches!(cause, Cause::OtherFile { .. }), 0),
        ),
        (
            "redirected without end",
            vec![Plan::Status(302, &[("Location", "?again")]); 12],
            Result::Fails(|cause| matches!(cause, Cause::Redirects(_)), 0),
        ),
        (
            "redirected to a file of the disk",
            vec![Plan::Status(302, &[("Location", "file:///etc/passwd")])],
            Result::Fails(|cause| matches!(cause, Cause::Redirects(_)), 0),
        ),
    ]
}

/// Downloads from a server that fails so, and holds the result.
fn hold((name, plans, expected): &Case, is_hub: bool) {
    let file = content(9);
    let (hub, store) = Server::hub(&file);
    let (base, weights) = if is_hub {
        (&hub.base, of_hub())
    } else {
        (&store.base, of_torch(&file))
    };
    store.plan(plans.clone());
    let place = Place::of(base);
    let start = Instant::now();
    let ended = place.fetch(&weights);
    let took = start.elapsed();
    match (expected, ended) {
        (Result::Whole(requests), Ok(fetched)) => {
            whole(&fetched, &file);
            assert_eq!(store.asked().len(), *requests, "{name}");
            assert_eq!(place.places.begun(&weights), None, "{name}");
            let is_told_to_wait = *name == "429 for a second";
            assert!(!is_told_to_wait || took >= Duration::from_secs(1));
        }
        (Result::Fails(is_cause, kept), Err(error)) => {
            assert!(is_cause(&error.cause), "{name}: {error:?}");
            assert_eq!(error.kept, *kept, "{name}");
            assert_eq!(place.places.find(&weights), None, "{name}");
            let begun = place.places.begun(&weights).unwrap_or(0);
            assert_eq!(begun, *kept, "{name}");
        }
        (_, ended) => panic!("{name}: {ended:?}"),
    }
}

#[test]
fn every_fault_of_a_server_ends_with_the_whole_file_or_its_cause() {
    for case in passing().iter().chain(&failing()) {
        for is_hub in [true, false] {
            hold(case, is_hub);
        }
    }
}

#[test]
fn a_part_of_another_file_is_not_continued() {
    let file = content(9);
    for (length, requests) in [(5 << 10, 2), (9 << 10, 1), (20 << 10, 2)] {
        let server = Server::of(&file);
        let place = Place::of(&server.base);
        let weights = of_torch(&file);
        let folder = place.places.torch.clone().expect("a place");
        let name = weights.files().next().expect("a name");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{name}.partial")), vec![7; length]).expect("a file");
        whole(&place.fetch(&weights).expect("downloaded"), &file);
        assert!(server.asked().len() >= requests, "{length}");
        assert_eq!(place.files().len(), 1, "{:?}", place.files());
    }
}

#[test]
fn a_whole_part_needs_no_more_bytes() {
    let file = content(9);
    let (hub, store) = Server::hub(&file);
    let place = Place::of(&hub.base);
    let blobs = place.repository().join("blobs");
    fs::create_dir_all(&blobs).expect("a folder");
    fs::write(blobs.join(hash(&file) + ".incomplete"), &file).expect("a file");
    whole(&place.fetch(&of_hub()).expect("downloaded"), &file);
    assert_eq!(store.asked().len(), 0);
}

#[test]
fn more_bytes_than_the_file_has_are_refused() {
    let file = content(9);
    let (hub, store) = Server::hub(&file);
    store.plan([Plan::TooLong]);
    let place = Place::of(&hub.base);
    let error = place.fetch(&of_hub()).expect_err("too long");
    assert!(matches!(error.cause, Cause::TooLong(_)), "{error:?}");
    assert_eq!(place.places.find(&of_hub()), None);
    // Without a length, the hash decides.
    let server = Server::of(&file);
    server.plan([Plan::TooLong]);
    let place = Place::of(&server.base);
    let error = place.fetch(&of_torch(&file)).expect_err("another file");
    assert!(matches!(error.cause, Cause::OtherFile { .. }), "{error:?}");
    assert_eq!(place.files(), [""; 0]);
}

#[test]
fn a_head_that_is_no_hubs_leads_nowhere_on_this_disk() {
    let file = content(2);
    for (header, value) in [
        ("X-Linked-Etag", "\"../../../../../outside\""),
        (
            "X-Linked-Etag",
            "\"95d09f2b10159347eece71399a7e2e907ea3df4f\"",
        ),
        ("X-Repo-Commit", "../../../../../../../../../../outside00"),
        ("X-Repo-Commit", ""),
    ] {
        let (hub, store) = Server::hub(&file);
        hub.replace(header, value);
        let place = Place::of(&hub.base);
        let error = place.fetch(&of_hub()).expect_err("refused");
        assert!(
            matches!(&error.cause, Cause::NoHub { header: named, .. } if *named == header),
            "{error:?}"
        );
        assert_eq!(store.asked().len(), 0);
        assert_eq!(place.files(), [""; 0]);
    }
}

/// Answers of a hub, and the cause that they lead to.
type Refusal = (Vec<Plan>, fn(&Cause) -> bool);

#[test]
fn the_hubs_refusals_come_before_any_byte() {
    let file = content(2);
    let cases: Vec<Refusal> = vec![
        (vec![Plan::Status(401, &[])], |cause| {
            matches!(cause, Cause::Denied { .. })
        }),
        (vec![Plan::Status(404, &[]); 2], |cause| {
            matches!(cause, Cause::Missing { .. })
        }),
        (vec![Plan::Status(429, wait("3600"))], |cause| {
            matches!(cause, Cause::Busy { .. })
        }),
        (vec![Plan::Status(502, &[]); 3], |cause| {
            matches!(cause, Cause::Status { .. })
        }),
        (vec![Plan::Silent], |cause| {
            matches!(cause, Cause::Unreachable { .. })
        }),
    ];
    for (plans, is_cause) in cases {
        let (hub, store) = Server::hub(&file);
        hub.plan_heads(plans.clone());
        let place = Place::of(&hub.base);
        let error = place.fetch(&of_hub()).expect_err("refused");
        assert!(is_cause(&error.cause), "{plans:?}: {error:?}");
        assert_eq!((store.asked().len(), place.files().len()), (0, 0));
    }
    let (hub, _) = Server::hub(&file);
    hub.plan_heads([Plan::Status(503, &[]), Plan::Status(429, wait("1"))]);
    whole(
        &Place::of(&hub.base).fetch(&of_hub()).expect("downloaded"),
        &file,
    );
}

#[test]
fn without_a_network_the_sentence_says_what_to_check() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let place = Place::of(&format!("http://{host}"));
    for weights in [of_hub(), of_torch(&content(1))] {
        let mut pauses = 0;
        let mut look = |progress: &Progress| {
            pauses += u32::from(matches!(progress.stage, fetch::Stage::Pausing(_)));
        };
        let ended = place.fetch_watched(&weights, &AtomicBool::new(false), &mut look);
        let error = ended.expect_err("nobody there");
        // Where nothing listens, it is not tried again.
        assert_eq!(pauses, 0);
        let said = resnet_explore::text::Language::ENGLISH.say(&error.message());
        assert_eq!(
            said,
            format!(
                "{host} cannot be reached: nothing answers there; check the network, or name a proxy (HTTPS_PROXY) or a mirror \
                 (HF_ENDPOINT, RESNET_EXPLORE_MIRROR)"
            )
        );
    }
    let mut offline = Place::of(&format!("http://{host}"));
    offline.settings.offline = Some("HF_HUB_OFFLINE");
    let error = offline.fetch(&of_hub()).expect_err("forbidden");
    assert_eq!(error.cause, Cause::Offline("HF_HUB_OFFLINE"));
    let mut wrong = Place::of("huggingface.co");
    let error = wrong.fetch(&of_hub()).expect_err("no address");
    assert!(matches!(error.cause, Cause::Address(_)), "{error:?}");
    wrong.places = Places::default();
    let error = wrong.fetch(&of_hub()).expect_err("no place");
    assert_eq!(error.cause, Cause::NoPlace);
    let mut socks = Place::of(&format!("http://{host}"));
    socks.settings.proxies.http = Some("socks5://me:secret@proxy:1080".to_owned());
    let error = socks.fetch(&of_hub()).expect_err("no such proxy");
    let said = resnet_explore::text::Language::ENGLISH.say(&error.message());
    assert!(
        said.contains("socks5://proxy:1080") && !said.contains("secret"),
        "{said}"
    );
}
