//! Whether the sources are as the suite left them: whoever reads a source that somebody else has changed cannot be judged
//! by it.

use super::{Sources, trouble};
use crate::adapter::FaultCause;
use cap_fs_ext::{DirExt as _, MetadataExt as _};
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pkgsource_model::words::{FilePath, visible};
use std::io;
use std::path::Path;

impl Sources {
    /// Makes sure that every file is as it was left, that there is no other, and that the folder is still at its name.
    pub(in crate::run) fn check(&self) -> Result<(), FaultCause> {
        self.check_place()?;
        for ((source, path), left) in &self.left {
            let place = self.place(source);
            let found = self.root.symlink_metadata(format!("{place}/{path}"));
            let found = found.map_err(|error| trouble(source, path.as_str(), &error))?;
            let modified = found.modified().map(cap_std::time::SystemTime::into_std).ok();
            if !found.is_file() || found.len() != left.size || modified != Some(left.modified) {
                let why = format!("the source `{source}/{path}` is not as the suite left it");
                return Err(FaultCause::Meddled(why));
            }
        }
        for source in &self.begun {
            let folder = self.root.open_dir_nofollow(Path::new(&self.place(source)));
            let folder = folder.map_err(|error| trouble(source, "", &error))?;
            self.check_folder(source, &folder, "")?;
        }
        Ok(())
    }

    /// What is written by descriptor is read by name: both have to lead to one folder.
    fn check_place(&self) -> Result<(), FaultCause> {
        let own = self.root.dir_metadata();
        let named = Dir::open_ambient_dir(&self.path, ambient_authority())
            .and_then(|folder| folder.dir_metadata());
        let why = match own.and_then(|own| Ok((own, named?))) {
            Ok((own, named)) if (own.dev(), own.ino()) == (named.dev(), named.ino()) => {
                return Ok(());
            }
            Ok(_) => "another folder stands at its name".to_owned(),
            Err(error) if FaultCause::lies_with_the_machine(&error) => {
                let why = format!("the folder of the sources cannot be looked at: {error}");
                return Err(FaultCause::Surroundings(why));
            }
            Err(error) => error.to_string(),
        };
        Err(FaultCause::Meddled(format!(
            "the folder of the sources is not as the suite left it: {why}"
        )))
    }

    fn check_folder(&self, source: &str, folder: &Dir, within: &str) -> Result<(), FaultCause> {
        let failed = |error: io::Error| trouble(source, within, &error);
        for entry in folder.entries().map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let shown = format!("{within}{}", name.to_string_lossy());
            let is_folder = entry.file_type().map_err(failed)?.is_dir();
            if is_folder && self.folders.contains(&(source.to_owned(), shown.clone())) {
                let inner = folder.open_dir_nofollow(Path::new(&name)).map_err(failed)?;
                self.check_folder(source, &inner, &format!("{shown}/"))?;
            } else if is_folder || !self.put(source, &shown) {
                let shown = visible(&shown);
                let why = format!(
                    "the source `{source}` is not as the suite left it: somebody else put `{shown}` there"
                );
                return Err(FaultCause::Meddled(why));
            }
        }
        Ok(())
    }

    /// True for a file that the suite put there.
    fn put(&self, source: &str, path: &str) -> bool {
        let known = FilePath::new(path).map(|path| (source.to_owned(), path));
        known.is_ok_and(|known| self.left.contains_key(&known))
    }
}
