//! The site database: what must survive, in one transactional file.
//!
//! A [`Change`] is one transaction. Its commit is on disk when it returns (redb's immediate durability) and is the
//! only commit point that the site has. The database holds no content.

use std::path::Path;

use redb::{
    Database, Durability, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::SiteError;
use crate::guard::{Kept, damaged, guarded};
use crate::hierarchy::Hierarchy;
use crate::manifest::Manifest;
use crate::package::Record;
use crate::status::{ContextStatus, PointState};

type ByName = TableDefinition<'static, &'static str, &'static [u8]>;
type ByPackageAndPoint = TableDefinition<'static, (&'static str, &'static str), &'static [u8]>;

const HIERARCHY: ByName = TableDefinition::new("hierarchy");
const PACKAGES: ByName = TableDefinition::new("packages");
const MANIFESTS: ByName = TableDefinition::new("manifests");
const CONTEXTS: ByName = TableDefinition::new("contexts");
const DISTRIBUTIONS: ByPackageAndPoint = TableDefinition::new("distributions");

/// The one key of the hierarchy's table.
const ONLY: &str = "";

/// One package on one distribution point, as the site keeps it: the journal of the fan-out as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Distribution {
    pub(crate) state: PointState,
    pub(crate) version: Option<u32>,
    pub(crate) failure: Option<String>,
}

impl Distribution {
    /// True if the package is to be taken away from the point.
    pub(crate) fn is_leaving(&self) -> bool {
        matches!(self.state, PointState::RemovalPending | PointState::RemovalFailed)
    }
}

/// A context's package and outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ContextEntry {
    pub(crate) package: String,
    pub(crate) status: ContextStatus,
}

/// The open database. Only one process at a time can have it.
#[derive(Debug)]
pub(crate) struct Store {
    database: Kept,
}

impl Store {
    /// Makes or opens the file and makes sure that every table is there.
    pub(crate) fn create(path: &Path, hierarchy: &Hierarchy) -> Result<Self, SiteError> {
        let database =
            guarded("create", || Database::create(path).map_err(SiteError::store("create")))?;
        let store = Self { database: Kept::new(database) };
        let change = store.change()?;
        for table in [HIERARCHY, PACKAGES, MANIFESTS, CONTEXTS] {
            change.transaction.open_table(table).map_err(SiteError::store("create"))?;
        }
        change.transaction.open_table(DISTRIBUTIONS).map_err(SiteError::store("create"))?;
        change.put(HIERARCHY, ONLY, hierarchy)?;
        change.commit()?;
        Ok(store)
    }

    /// Opens a file that is there.
    pub(crate) fn open(path: &Path) -> Result<Self, SiteError> {
        let database = guarded("open", || {
            let mut database = Database::open(path).map_err(SiteError::store("open"))?;
            // Every page is held against its checksum now, so that none is trusted later.
            if database.check_integrity().map_err(SiteError::store("check"))? {
                Ok(database)
            } else {
                Err(damaged("check", "a page does not have its checksum"))
            }
        })?;
        Ok(Self { database: Kept::new(database) })
    }

    pub(crate) fn hierarchy(&self) -> Result<Option<Hierarchy>, SiteError> {
        self.get(HIERARCHY, ONLY)
    }

    pub(crate) fn package(&self, id: &str) -> Result<Option<Record>, SiteError> {
        self.get(PACKAGES, id)
    }

    /// The manifest of the package's current version.
    pub(crate) fn manifest(&self, id: &str) -> Result<Option<Manifest>, SiteError> {
        self.get(MANIFESTS, id)
    }

    pub(crate) fn context(&self, id: &str) -> Result<Option<ContextEntry>, SiteError> {
        self.get(CONTEXTS, id)
    }

    pub(crate) fn packages(&self) -> Result<Vec<(String, Record)>, SiteError> {
        self.all(PACKAGES)
    }

    pub(crate) fn manifests(&self) -> Result<Vec<(String, Manifest)>, SiteError> {
        self.all(MANIFESTS)
    }

    pub(crate) fn contexts(&self) -> Result<Vec<(String, ContextEntry)>, SiteError> {
        self.all(CONTEXTS)
    }

    pub(crate) fn distribution(
        &self,
        package: &str,
        point: &str,
    ) -> Result<Option<Distribution>, SiteError> {
        guarded("read", || {
            let transaction = self.database.begin_read().map_err(SiteError::store("read"))?;
            let table = transaction.open_table(DISTRIBUTIONS).map_err(SiteError::store("read"))?;
            let value = table.get((package, point)).map_err(SiteError::store("read"))?;
            value.map(|value| decode(value.value())).transpose()
        })
    }

    /// Every distribution of one package, by point.
    pub(crate) fn distributions(
        &self,
        package: &str,
    ) -> Result<Vec<(String, Distribution)>, SiteError> {
        guarded("read", || {
            let transaction = self.database.begin_read().map_err(SiteError::store("read"))?;
            let table = transaction.open_table(DISTRIBUTIONS).map_err(SiteError::store("read"))?;
            let mut rows = Vec::new();
            for entry in table.range((package, "")..).map_err(SiteError::store("read"))? {
                let (key, value) = entry.map_err(SiteError::store("read"))?;
                let (id, point) = key.value();
                if id != package {
                    break;
                }
                rows.push((point.to_owned(), decode(value.value())?));
            }
            Ok(rows)
        })
    }

    /// Every distribution: package, point, row.
    pub(crate) fn all_distributions(
        &self,
    ) -> Result<Vec<(String, String, Distribution)>, SiteError> {
        guarded("read", || {
            let transaction = self.database.begin_read().map_err(SiteError::store("read"))?;
            let table = transaction.open_table(DISTRIBUTIONS).map_err(SiteError::store("read"))?;
            let mut rows = Vec::new();
            for entry in table.iter().map_err(SiteError::store("read"))? {
                let (key, value) = entry.map_err(SiteError::store("read"))?;
                let (package, point) = key.value();
                rows.push((package.to_owned(), point.to_owned(), decode(value.value())?));
            }
            Ok(rows)
        })
    }

    /// Begins a transaction; without [`Change::commit`] it leaves no trace.
    pub(crate) fn change(&self) -> Result<Change, SiteError> {
        guarded("change", || {
            let mut transaction =
                self.database.begin_write().map_err(SiteError::store("change"))?;
            transaction
                .set_durability(Durability::Immediate)
                .map_err(SiteError::store("change"))?;
            Ok(Change { transaction })
        })
    }

    fn get<T: DeserializeOwned>(&self, table: ByName, key: &str) -> Result<Option<T>, SiteError> {
        guarded("read", || {
            let transaction = self.database.begin_read().map_err(SiteError::store("read"))?;
            let table = transaction.open_table(table).map_err(SiteError::store("read"))?;
            let value = table.get(key).map_err(SiteError::store("read"))?;
            value.map(|value| decode(value.value())).transpose()
        })
    }

    fn all<T: DeserializeOwned>(&self, table: ByName) -> Result<Vec<(String, T)>, SiteError> {
        guarded("read", || {
            let transaction = self.database.begin_read().map_err(SiteError::store("read"))?;
            let table = transaction.open_table(table).map_err(SiteError::store("read"))?;
            let mut rows = Vec::new();
            for entry in table.iter().map_err(SiteError::store("read"))? {
                let (key, value) = entry.map_err(SiteError::store("read"))?;
                rows.push((key.value().to_owned(), decode(value.value())?));
            }
            Ok(rows)
        })
    }
}

/// One transaction.
pub(crate) struct Change {
    transaction: WriteTransaction,
}

impl Change {
    pub(crate) fn put_package(&self, id: &str, record: &Record) -> Result<(), SiteError> {
        self.put(PACKAGES, id, record)
    }

    pub(crate) fn put_manifest(&self, manifest: &Manifest) -> Result<(), SiteError> {
        self.put(MANIFESTS, &manifest.package, manifest)
    }

    pub(crate) fn put_context(&self, id: &str, entry: &ContextEntry) -> Result<(), SiteError> {
        self.put(CONTEXTS, id, entry)
    }

    pub(crate) fn remove_context(&self, id: &str) -> Result<(), SiteError> {
        self.remove(CONTEXTS, id)
    }

    /// Takes the package and its manifest out; its distributions are the caller's business.
    pub(crate) fn remove_package(&self, id: &str) -> Result<(), SiteError> {
        self.remove(PACKAGES, id)?;
        self.remove(MANIFESTS, id)
    }

    pub(crate) fn put_distribution(
        &self,
        package: &str,
        point: &str,
        row: &Distribution,
    ) -> Result<(), SiteError> {
        guarded("change", || {
            let mut table =
                self.transaction.open_table(DISTRIBUTIONS).map_err(SiteError::store("change"))?;
            table
                .insert((package, point), encode(row)?.as_slice())
                .map_err(SiteError::store("change"))?;
            Ok(())
        })
    }

    pub(crate) fn remove_distribution(&self, package: &str, point: &str) -> Result<(), SiteError> {
        guarded("change", || {
            let mut table =
                self.transaction.open_table(DISTRIBUTIONS).map_err(SiteError::store("change"))?;
            table.remove((package, point)).map_err(SiteError::store("change"))?;
            Ok(())
        })
    }

    /// Makes the whole change last. When this returns, it is on disk.
    pub(crate) fn commit(self) -> Result<(), SiteError> {
        guarded("commit", || self.transaction.commit().map_err(SiteError::store("commit")))
    }

    fn put(&self, table: ByName, key: &str, value: &impl Serialize) -> Result<(), SiteError> {
        guarded("change", || {
            let mut table =
                self.transaction.open_table(table).map_err(SiteError::store("change"))?;
            table.insert(key, encode(value)?.as_slice()).map_err(SiteError::store("change"))?;
            Ok(())
        })
    }

    fn remove(&self, table: ByName, key: &str) -> Result<(), SiteError> {
        guarded("change", || {
            let mut table =
                self.transaction.open_table(table).map_err(SiteError::store("change"))?;
            table.remove(key).map_err(SiteError::store("change"))?;
            Ok(())
        })
    }
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>, SiteError> {
    serde_json::to_vec(value).map_err(|error| store_error("encode a row of", &error))
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, SiteError> {
    serde_json::from_slice(bytes).map_err(|error| store_error("decode a row of", &error))
}

fn store_error(action: &'static str, error: &serde_json::Error) -> SiteError {
    SiteError::store::<redb::Error>(action)(redb::Error::Corrupted(error.to_string()))
}
