//! Tests of files that are written whole or not at all.

use super::*;

#[test]
fn a_failed_write_leaves_the_folder_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    let error = write(&inside, b"x", Existing::Replace).unwrap_err();
    assert!(
        crate::text::Language::ENGLISH
            .say(&error.message())
            .ends_with("cannot be written: it is a directory; nothing was changed")
    );
    let nowhere = folder.path().join("nowhere/a.dot");
    let error = write(&nowhere, b"x", Existing::Replace).unwrap_err();
    assert!(error.to_string().contains("file-no-directory"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_old_file_is_replaced_whole_or_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.dot");
    write(&path, b"old and long", Existing::Keep).unwrap();
    let error = write(&path, b"new", Existing::Keep).unwrap_err();
    assert_eq!(error.reason.id, "file-exists");
    let halfway = |file: &mut dyn Write| {
        file.write_all(b"half")?;
        Err(io::Error::from(ErrorKind::StorageFull))
    };
    let error = write_with(&path, Existing::Replace, halfway).unwrap_err();
    assert_eq!(error.reason.id, "system-disk-full");
    assert_eq!(std::fs::read(&path).unwrap(), b"old and long");
    write(&path, b"new", Existing::Replace).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_read_only_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.dot");
    write(&path, b"old", Existing::Keep).unwrap();
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let error = write(&path, b"new", Existing::Replace).unwrap_err();
    assert_eq!(error.reason.id, "file-read-only");
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
}

#[cfg(unix)]
#[test]
fn a_link_and_a_device_stay_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("net.dot"), folder.path().join("link"));
    write(&file, b"old", Existing::Keep).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    write(&link, b"new", Existing::Replace).unwrap();
    assert!(link.is_symlink());
    assert_eq!(std::fs::read(&file).unwrap(), b"new");
    let device = folder.path().join("null");
    std::os::unix::fs::symlink("/dev/null", &device).unwrap();
    write(&device, b"x", Existing::Keep).unwrap();
    assert!(!Path::new("/dev/null").is_file());
}
