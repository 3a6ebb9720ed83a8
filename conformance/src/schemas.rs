//! The published schemas are those of the types: `PKGSOURCE_WRITE_PAGES=1` renews them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};

/// Asserts that a file of `specs/schema` is the schema of a type.
#[track_caller]
fn assert_published<T: JsonSchema>(name: &str, title: &str) {
    let mut schema =
        SchemaGenerator::new(SchemaSettings::draft2020_12()).into_root_schema_for::<T>().to_value();
    schema["title"] = title.into();
    let text = format!("{schema:#}\n");
    let path = format!("{}/../specs/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("PKGSOURCE_WRITE_PAGES").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(published == text, "specs/schema/{name}.json is not that of the types; renew it");
}

#[test]
fn the_schema_of_a_report_is_that_of_the_view() {
    assert_published::<crate::report::View>(
        "report",
        "The report of pkgsource, as `--format json` prints it",
    );
}

#[test]
fn the_schema_of_a_saved_run_is_that_of_its_type() {
    assert_published::<crate::regression::Saved>(
        "saved",
        "A run of pkgsource, as `verify --save` keeps it",
    );
}

#[test]
fn the_schema_of_figures_is_that_of_their_type() {
    assert_published::<crate::bench::Bench>(
        "bench",
        "The figures of `pkgsource bench`, as `--format json` prints them and `--save` keeps them",
    );
}

#[test]
fn the_schema_of_a_shard_s_lines_is_that_of_their_type() {
    assert_published::<crate::shard::ShardLine>(
        "shard",
        "A line of a shard's file, as `verify --shard` writes it, that is no line of a history",
    );
}
