//! Promise: published weights are downloaded into the caches that Python reads, through every fault of the network, and nothing
//! half-written or foreign is ever taken for whole.
#![cfg(feature = "fetch")]

#[path = "fetch/command.rs"]
mod command;
#[path = "fetch/explorer.rs"]
mod explorer;
#[path = "fetch/faults.rs"]
mod faults;
#[path = "fetch/remove.rs"]
mod remove;
#[path = "fetch/server.rs"]
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use resnet_explore::weights::disk::{Keeper, Places};
use resnet_explore::weights::fetch::{
    self, Cause, FetchError, Fetched, MIRROR, Patience, Progress, Settings,
};
use resnet_explore::weights::published::{self, PublishedWeights};

use server::{COMMIT, Plan, Server, hash};

/// Bytes that no two kilobytes of are alike.
fn content(kilobytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let bytes = (0..kilobytes << 10).map(|_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    });
    bytes.collect()
}

/// Caches in a folder of their own, and settings that lead to a server.
struct Place {
    folder: tempfile::TempDir,
    places: Places,
    settings: Settings,
}

impl Place {
    fn of(base: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let places = Places {
            own: None,
            torch: Some(folder.path().join("torch/hub/checkpoints")),
            hub: Some(folder.path().join("hub")),
        };
        let mut settings = Settings::of(|name| match name {
            "HF_ENDPOINT" => Some(base.to_owned()),
            name if name == MIRROR => Some(format!("{base}/files")),
            "HF_TOKEN" => Some("hf_secret".to_owned()),
            _ => None,
        });
        settings.patience = Patience {
            connect: Duration::from_secs(5),
            silence: Duration::from_millis(500),
            pause: Duration::ZERO,
            asked: Duration::from_secs(5),
            faults: 3,
            beat: Duration::ZERO,
        };
        Self {
            folder,
            places,
            settings,
        }
    }

    fn fetch(&self, weights: &PublishedWeights) -> Result<Fetched, FetchError> {
        self.fetch_until(weights, u64::MAX)
    }

    /// Downloads, and stops as soon as so many bytes are there.
    fn fetch_until(&self, weights: &PublishedWeights, most: u64) -> Result<Fetched, FetchError> {
        let cancel = AtomicBool::new(false);
        let mut look = |progress: &Progress| {
            if progress.done >= most {
                cancel.store(true, Ordering::SeqCst);
            }
        };
        self.fetch_watched(weights, &cancel, &mut look)
    }

    fn fetch_watched(
        &self,
        weights: &PublishedWeights,
        cancel: &AtomicBool,
        look: &mut dyn FnMut(&Progress),
    ) -> Result<Fetched, FetchError> {
        fetch::fetch(weights, &self.places, &self.settings, cancel, look)
    }

    fn repository(&self) -> PathBuf {
        self.folder.path().join("hub/models--timm--tiny.test_in1k")
    }

    /// All files below the folder, without locks.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if entry.file_type().expect("a kind").is_dir() {
                    folders.push(path);
                } else {
                    let below = path.strip_prefix(self.folder.path()).expect("below it");
                    found.push(below.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        found.retain(|name| !name.contains(".lock"));
        found.sort();
        found
    }
}

/// Weights of the hub.
fn of_hub() -> PublishedWeights {
    PublishedWeights {
        hub: Some("timm/tiny.test_in1k"),
        url: None,
        older: None,
        tag: "test_in1k",
        net: "tiny",
        ..published::named("resnet18.a1_in1k", None)
            .expect("published")
            .clone()
    }
}

/// Weights of torchvision, whose file name has its hash.
fn of_torch(file: &[u8]) -> PublishedWeights {
    let name = format!("tiny-{}.pth", &hash(file)[..8]);
    let url = format!("https://download.pytorch.org/models/{name}");
    PublishedWeights {
        hub: None,
        url: Some(url.leak()),
        ..of_hub()
    }
}

fn whole(fetched: &Fetched, file: &[u8]) {
    assert_eq!(fs::read(&fetched.file.path).expect("a file"), file);
    assert_eq!(fetched.bytes, file.len() as u64);
}

#[test]
fn the_hubs_layout_is_that_of_its_python_client() {
    let file = content(7);
    let (hub, store) = Server::hub(&file);
    let place = Place::of(&hub.base);
    let fetched = place.fetch(&of_hub()).expect("downloaded");
    whole(&fetched, &file);
    assert!(!fetched.was_here);
    let blob = hash(&file);
    let repository = "hub/models--timm--tiny.test_in1k";
    assert_eq!(
        place.files(),
        [
            "hub/CACHEDIR.TAG".to_owned(),
            format!("{repository}/blobs/{blob}"),
            format!("{repository}/refs/main"),
            format!("{repository}/snapshots/{COMMIT}/model.safetensors"),
        ]
    );
    let main = fs::read_to_string(place.repository().join("refs/main"));
    assert_eq!(main.expect("a file"), COMMIT);
    #[cfg(unix)]
    {
        let link = fs::read_link(&fetched.file.path).expect("a link");
        assert_eq!(link, Path::new("../../blobs").join(&blob));
    }
    assert_eq!(fetched.file.keeper, Keeper::Hub);
    assert_eq!(place.places.find(&of_hub()), Some(fetched.file.clone()));
    // The token is the hub's, and the host that it redirects to does not see it.
    let secret = Some("Bearer hf_secret".to_owned());
    assert!(
        hub.asked()
            .iter()
            .all(|asked| asked.authorization == secret)
    );
    assert!(
        store
            .asked()
            .iter()
            .all(|asked| asked.authorization.is_none())
    );
    assert_eq!(store.asked()[0].path, "/store?signature=secret");
    // What is here is not downloaded again.
    let count = hub.asked().len();
    let again = place.fetch(&of_hub()).expect("here");
    assert!(again.was_here);
    assert_eq!(hub.asked().len(), count);
}

#[test]
fn torch_hubs_layout_is_a_file_of_the_publishers_name() {
    let file = content(7);
    let server = Server::of(&file);
    let place = Place::of(&server.base);
    let weights = of_torch(&file);
    let fetched = place.fetch(&weights).expect("downloaded");
    whole(&fetched, &file);
    let name = weights.files().next().expect("a name");
    assert_eq!(place.files(), [format!("torch/hub/checkpoints/{name}")]);
    assert_eq!(fetched.file.keeper, Keeper::Torch);
    let asked = &server.asked()[0];
    assert_eq!(
        asked.path,
        format!("/files/download.pytorch.org/models/{name}")
    );
    assert_eq!(asked.authorization, None, "the token is the hub's");
    let locks = place.folder.path().join("torch/hub/checkpoints");
    #[cfg(unix)]
    assert_eq!(fs::read_dir(locks).expect("a folder").count(), 1);
    #[cfg(not(unix))]
    let _ = locks;
}

#[test]
fn a_repository_that_was_renamed_is_followed_on_its_own_host() {
    let file = content(3);
    let (hub, _) = Server::hub(&file);
    let moved = &[("Location", "/timm/renamed/resolve/main/model.safetensors")];
    hub.plan_heads([Plan::Status(307, moved)]);
    let place = Place::of(&hub.base);
    whole(&place.fetch(&of_hub()).expect("downloaded"), &file);
    assert_eq!(
        hub.asked()[1].path,
        "/timm/renamed/resolve/main/model.safetensors"
    );
}

#[test]
fn a_mirror_may_have_the_bytes_itself() {
    let file = content(3);
    let hub = Server::mirror(&file);
    let place = Place::of(&hub.base);
    whole(&place.fetch(&of_hub()).expect("downloaded"), &file);
    let paths: Vec<_> = hub.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths[2], "/store?signature=secret");
}

#[test]
fn an_older_repository_has_a_pickle_in_place_of_safetensors() {
    let file = content(3);
    let (hub, _) = Server::hub(&file);
    hub.plan_heads([Plan::Status(404, &[])]);
    let place = Place::of(&hub.base);
    let fetched = place.fetch(&of_hub()).expect("downloaded");
    assert!(fetched.file.path.ends_with("pytorch_model.bin"));
    let file = content(3);
    whole(&fetched, &file);
}

#[test]
fn a_cut_at_every_kilobyte_is_continued_from_there() {
    let kilobytes = 24;
    let file = content(kilobytes);
    for at in 0..kilobytes {
        for is_hub in [true, false] {
            let (hub, store) = Server::hub(&file);
            let (base, weights) = if is_hub {
                (&hub.base, of_hub())
            } else {
                (&store.base, of_torch(&file))
            };
            store.plan([Plan::Cut(at << 10)]);
            let place = Place::of(base);
            let fetched = place.fetch(&weights);
            whole(
                &fetched.unwrap_or_else(|error| panic!("{at}: {error}")),
                &file,
            );
            let from: Vec<_> = store.asked().iter().map(|asked| asked.from).collect();
            let second = (at > 0).then_some(at << 10);
            assert_eq!(from, [None, second], "{at}");
        }
    }
    // Every connection ends after a kilobyte.
    let server = Server::of(&file);
    server.plan(vec![Plan::Cut(1 << 10); kilobytes]);
    let place = Place::of(&server.base);
    whole(&place.fetch(&of_torch(&file)).expect("downloaded"), &file);
    assert_eq!(server.asked().len(), kilobytes);
}

#[test]
fn a_download_that_is_stopped_at_every_kilobyte_is_continued_by_the_next() {
    let file = content(24);
    let (hub, store) = Server::hub(&file);
    let place = Place::of(&hub.base);
    let mut kept = 0;
    for kilobyte in 1..24_u64 {
        store.plan([Plan::Cut(1 << 10), Plan::Stall(0)]);
        let error = place
            .fetch_until(&of_hub(), kilobyte << 10)
            .expect_err("stopped");
        assert_eq!(error.cause, Cause::Cancelled);
        assert_eq!(error.kept, kilobyte << 10);
        kept = error.kept;
        assert_eq!(place.places.begun(&of_hub()), Some(kept));
        assert_eq!(place.places.find(&of_hub()), None, "half is not whole");
        assert!(!place.repository().join("refs/main").exists());
        // The connection that was given up may have taken a plan, or not.
        while store.asked().len() < kilobyte as usize {
            std::thread::sleep(Duration::from_millis(5));
        }
        store.forget();
    }
    whole(&place.fetch(&of_hub()).expect("downloaded"), &file);
    assert_eq!(
        store.asked().last().and_then(|asked| asked.from),
        Some(kept as usize)
    );
    assert_eq!(place.places.begun(&of_hub()), None);
}

#[test]
fn two_at_once_download_once() {
    let file = content(64);
    let (hub, store) = Server::hub(&file);
    store.plan([Plan::Slow(Duration::from_millis(10))]);
    let place = Place::of(&hub.base);
    let mut waited = [false; 4];
    let fetched: Vec<Fetched> = std::thread::scope(|scope| {
        let threads: Vec<_> = waited
            .iter_mut()
            .map(|waited| {
                let place = &place;
                scope.spawn(move || {
                    let cancel = AtomicBool::new(false);
                    let mut look = |progress: &Progress| {
                        *waited |= progress.stage == fetch::Stage::Waiting;
                    };
                    let weights = of_hub();
                    fetch::fetch(&weights, &place.places, &place.settings, &cancel, &mut look)
                })
            })
            .collect();
        let ended = threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"));
        ended.map(|ended| ended.expect("downloaded")).collect()
    });
    for one in &fetched {
        whole(one, &file);
    }
    assert_eq!(fetched.iter().filter(|one| !one.was_here).count(), 1);
    assert_eq!(waited.iter().filter(|waited| **waited).count(), 3);
    assert_eq!(store.asked().len(), 1);
}

#[test]
fn a_damaged_file_is_replaced() {
    let file = content(5);
    let (hub, store) = Server::hub(&file);
    let place = Place::of(&hub.base);
    let fetched = place.fetch(&of_hub()).expect("downloaded");
    fs::write(
        place.repository().join("blobs").join(hash(&file)),
        &file[1..],
    )
    .expect("a file");
    let again = place.fetch(&of_hub()).expect("downloaded");
    assert_eq!(again.file, fetched.file);
    whole(&again, &file);
    assert_eq!(store.asked().len(), 2);
}

#[test]
fn a_proxy_is_used_and_passed_by_as_the_environment_says() {
    let file = content(5);
    let (hub, _) = Server::hub(&file);
    let proxy = Server::of(&[]);
    let mut place = Place::of(&hub.base);
    place.settings.proxies.http = Some(proxy.base.clone());
    whole(&place.fetch(&of_hub()).expect("downloaded"), &file);
    let hosts: Vec<_> = proxy
        .asked()
        .iter()
        .map(|asked| asked.path.clone())
        .collect();
    assert_eq!(format!("http://{}", hosts[0]), hub.base);
    let (hub, _) = Server::hub(&file);
    let mut place = Place::of(&hub.base);
    place.settings.proxies.http = Some(proxy.base.clone());
    place.settings.proxies.except = vec!["127.0.0.1".to_owned()];
    whole(&place.fetch(&of_hub()).expect("downloaded"), &file);
    assert_eq!(proxy.asked().len(), hosts.len());
}
