//! The values that a refresh returns.
//!
//! The documentation promises that 0 is success and that everything else is a failure; which failures there are it
//! does not list. The numbers are Win32 error codes, as positive `i32`.

/// The refresh was done.
pub const SUCCESS: i32 = 0;

/// `ERROR_FILE_NOT_FOUND`: a source file went away while the snapshot was being taken.
pub const FILE_NOT_FOUND: i32 = 2;

/// `ERROR_PATH_NOT_FOUND`: the source folder is absent, or the package has no source path.
pub const PATH_NOT_FOUND: i32 = 3;

/// `ERROR_ACCESS_DENIED`: the source folder or a file in it may not be read.
pub const ACCESS_DENIED: i32 = 5;

/// `ERROR_READ_FAULT`: a source file could not be read for another reason.
pub const READ_FAULT: i32 = 30;

/// `ERROR_DIRECTORY`: the source path names something that is not a folder.
pub const NOT_A_DIRECTORY: i32 = 267;

/// `ERROR_ARITHMETIC_OVERFLOW`: `SourceVersion` is at its ceiling; it never wraps.
pub const VERSION_EXHAUSTED: i32 = 534;

/// `ERROR_NO_UNICODE_TRANSLATION`: a name in the source is not UTF-8.
pub const NAME_NOT_UNICODE: i32 = 1113;

/// `ERROR_SYMLINK_NOT_SUPPORTED`: the source holds a symbolic link, which is never followed.
pub const SYMBOLIC_LINK: i32 = 1463;

/// `ERROR_CANT_ACCESS_FILE`: the source holds something that is neither a file nor a folder.
pub const SPECIAL_FILE: i32 = 1920;

/// `ERROR_INVALID_STATE`: the package's source flag says that it has no source (0 or 1).
pub const NO_SOURCE: i32 = 5023;
