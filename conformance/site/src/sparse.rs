//! A file that is written with its holes: blocks of zeros are passed over, and the file system keeps none of them.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write};

/// Below this many bytes nothing is worth a hole.
const BLOCK: usize = 4096;

/// Writes a new, empty file from its beginning.
#[derive(Debug)]
pub(crate) struct Sparse {
    file: File,
    /// Zeros that were passed over since the last byte that was written.
    hole: u64,
}

impl Sparse {
    pub(crate) fn new(file: File) -> Self {
        Self { file, hole: 0 }
    }

    /// Gives the file its full length, of which a hole at the end is a part.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.hole == 0 {
            return Ok(());
        }
        let end = self.file.stream_position()? + self.hole;
        self.file.set_len(end)
    }

    fn write_block(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.hole > 0 {
            let hole = i64::try_from(self.hole).map_err(io::Error::other)?;
            self.file.seek(SeekFrom::Current(hole))?;
            self.hole = 0;
        }
        self.file.write_all(bytes)
    }
}

impl Write for Sparse {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_zero = |block: &[u8]| block.len() == BLOCK && block.iter().all(|byte| *byte == 0);
        let mut rest = bytes;
        while !rest.is_empty() {
            let zeros = rest.chunks(BLOCK).take_while(|block| is_zero(block)).count() * BLOCK;
            let (hole, after) = rest.split_at(zeros);
            self.hole += hole.len() as u64;
            let length: usize =
                after.chunks(BLOCK).take_while(|block| !is_zero(block)).map(<[u8]>::len).sum();
            let (data, left) = after.split_at(length);
            if !data.is_empty() {
                self.write_block(data)?;
            }
            rest = left;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read_whatever_is_zero() {
        let folder = tempfile::tempdir().unwrap();
        let zeros = vec![0; 3 * BLOCK + 5];
        let ones = vec![1; BLOCK + 7];
        for (nth, parts) in [
            vec![&zeros, &ones, &zeros],
            vec![&ones, &zeros],
            vec![&zeros],
            vec![&zeros, &zeros, &ones],
            vec![],
        ]
        .into_iter()
        .enumerate()
        {
            let path = folder.path().join(nth.to_string());
            let mut sparse = Sparse::new(File::create(&path).unwrap());
            let mut expected = Vec::new();
            for part in parts {
                sparse.write_all(part).unwrap();
                expected.extend_from_slice(part);
            }
            sparse.finish().unwrap();
            assert!(std::fs::read(&path).unwrap() == expected, "{nth}");
        }
    }
}
