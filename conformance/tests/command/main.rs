//! The command as a process: what it prints, where, and how it ends. Bad input costs one clear line, the exit code for
//! wrong use, and no file. What its verdicts mean is tested elsewhere.

mod arguments;
mod bench;
mod doctor;
mod explain;
mod judge;
mod release;
mod replay;
mod robust;
mod scene;
mod shard;
mod verify;
