//! Removal of published weights from the caches.

use resnet_explore::weights::remove::{RemoveError, remove};

use super::*;

#[test]
fn a_repositorys_folder_goes_with_its_last_file() {
    let file = content(3);
    let (hub, store) = Server::hub(&file);
    let place = Place::of(&hub.base);
    place.fetch(&of_hub()).expect("downloaded");
    let removed = remove(&of_hub(), &place.places).expect("removed");
    assert_eq!(removed.bytes, file.len() as u64);
    assert_eq!(place.files(), ["hub/CACHEDIR.TAG"]);
    assert!(!place.repository().exists());
    assert_eq!(
        remove(&of_hub(), &place.places),
        Err(RemoveError::NotHere("tiny.test_in1k".to_owned()))
    );
    // Python's other files stay, and so does a blob that another revision links to.
    place.fetch(&of_hub()).expect("downloaded");
    let snapshot = place.repository().join("snapshots").join(COMMIT);
    fs::write(snapshot.join("config.json"), "{}").expect("a file");
    remove(&of_hub(), &place.places).expect("removed");
    assert!(snapshot.join("config.json").is_file());
    assert!(place.repository().join("refs/main").is_file());
    assert!(!place.repository().join("blobs").join(hash(&file)).exists());
    assert_eq!(store.asked().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_blob_that_another_file_links_to_stays() {
    let file = content(3);
    let (hub, _) = Server::hub(&file);
    let place = Place::of(&hub.base);
    place.fetch(&of_hub()).expect("downloaded");
    let blob = hash(&file);
    let other = place.repository().join("snapshots/other");
    fs::create_dir_all(&other).expect("a folder");
    let target = Path::new("../../blobs").join(&blob);
    std::os::unix::fs::symlink(target, other.join("copy.bin")).expect("a link");
    let removed = remove(&of_hub(), &place.places).expect("removed");
    assert_eq!((removed.files.len(), removed.bytes), (1, 0));
    assert!(place.repository().join("blobs").join(&blob).is_file());
    assert!(other.join("copy.bin").is_file());
}

#[test]
fn what_a_download_left_goes_too_but_not_while_it_goes_on() {
    let file = content(30);
    let server = Server::of(&file);
    let weights = of_torch(&file);
    let place = Place::of(&server.base);
    server.plan([Plan::Cut(2 << 10), Plan::Status(401, &[])]);
    let error = place.fetch(&weights).expect_err("refused");
    assert_eq!(error.kept, 2 << 10);
    let removed = remove(&weights, &place.places).expect("removed");
    assert_eq!((removed.files.len(), removed.bytes), (1, 2 << 10));
    assert_eq!(place.files(), [""; 0]);
    server.plan([Plan::Slow(Duration::from_millis(30))]);
    std::thread::scope(|scope| {
        let download = scope.spawn(|| place.fetch(&weights));
        while place.places.begun(&weights).unwrap_or(0) == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        let busy = remove(&weights, &place.places);
        assert!(matches!(busy, Err(RemoveError::Busy(_))), "{busy:?}");
        whole(
            &download.join().expect("no panic").expect("downloaded"),
            &file,
        );
    });
    let removed = remove(&weights, &place.places).expect("removed");
    assert_eq!(removed.bytes, file.len() as u64);
}

#[test]
fn a_directory_of_the_users_own_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::of("http://127.0.0.1:1");
    let path = folder.path().join("tiny.test_in1k.safetensors");
    fs::write(&path, "mine").expect("a file");
    place.places.own = Some(folder.path().to_owned());
    assert_eq!(
        remove(&of_hub(), &place.places),
        Err(RemoveError::Own(path.clone()))
    );
    assert!(path.is_file());
    // It is on this disk, so nothing is downloaded.
    assert!(place.fetch(&of_hub()).expect("here").was_here);
}
