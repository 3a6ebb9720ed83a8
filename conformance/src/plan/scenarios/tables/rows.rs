//! What stands in a row of a table: operations that are asked one right after the other. The tables are in
//! [`super`].

use crate::plan::build::{self, named, package, point};
use pkgsource_model::operation::{Operation, Properties};
use pkgsource_model::words::{Body, PackageClass, PackageId};

/// Operations that are asked one right after the other.
pub(super) type Row = Vec<Operation<Body>>;

/// After which the documents leave more open: what a point is sent, whether the version rises, whether a call is refused.
pub(super) fn freeing(package: &PackageId) -> Vec<Row> {
    let package = || package.clone();
    vec![
        vec![Operation::Redistribute { package: package(), point: point("DP1") }],
        vec![put(package(), shared())],
        vec![put(package(), named("another"))],
        vec![build::schedule(package(), 1)],
    ]
}

/// Everything that may be asked of an id.
pub(super) fn of_nobody(id: &PackageId, class: PackageClass) -> Row {
    let (id, at) = (|| id.clone(), || point("DP1"));
    let mut row = vec![
        refresh(id()),
        Operation::Assign { package: id(), point: at() },
        Operation::Delete { package: id() },
        Operation::Remove { package: id(), point: at() },
        Operation::Redistribute { package: id(), point: at() },
        Operation::Cancel { package: id(), point: at() },
        put(id(), build::refresh_flag()),
        build::schedule(id(), 1),
    ];
    row.extend(build::addition(class, id(), "of-nobody"));
    row
}

pub(super) fn refresh(package: PackageId) -> Operation<Body> {
    Operation::Refresh { package, context: None, at: None, class: None }
}

pub(super) fn with_context(id: &str, context: &str) -> Operation<Body> {
    let context = Some(context.into());
    Operation::Refresh { package: package(id), context, at: None, class: None }
}

fn shared() -> Properties {
    Properties { share_name: Some("share$".into()), ..Properties::default() }
}

pub(super) fn put(package: PackageId, properties: Properties) -> Operation<Body> {
    Operation::Put { package, properties }
}

/// A point goes and comes back at once.
pub(super) fn at_again(package: &PackageId, at: &str) -> Row {
    let (package, point) = (|| package.clone(), || point(at));
    vec![
        Operation::Remove { package: package(), point: point() },
        Operation::Assign { package: package(), point: point() },
    ]
}
