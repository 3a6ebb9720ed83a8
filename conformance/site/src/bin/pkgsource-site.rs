//! A site that is operated by hand: one command per line, one acknowledgement per command.
//!
//! It is a thin layer over the crate and keeps nothing of its own. An acknowledgement is written only after what it
//! acknowledges is done, and is flushed at once.

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use pkgsource_site::{Hierarchy, NewPackage, Site, SiteError};

const USAGE: &str = "\
usage: pkgsource-site ROOT [OWNER [CHILD/PARENT | POINT@SITE]...]

Opens the site in the folder ROOT, or, if an owner is named, makes one there.
Prints `ready`, then reads one command per line and answers `ok ...` or `error ...`:

  create ID CLASS SOURCE      refresh ID [CONTEXT]     delete ID
  assign ID POINT             remove ID POINT          redistribute ID POINT
  add ID NAME TEXT            package ID               point ID POINT
  content ID POINT            context ID               retry
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((root, tree)) = arguments.split_first().filter(|(root, _)| !root.starts_with('-'))
    else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match site(Path::new(root), tree).map_err(io::Error::other).and_then(serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pkgsource-site: {error}");
            ExitCode::FAILURE
        }
    }
}

fn site(root: &Path, tree: &[String]) -> Result<Site, SiteError> {
    let Some((owner, members)) = tree.split_first() else { return Site::open(root) };
    let mut hierarchy = Hierarchy::new(owner)?;
    for member in members {
        hierarchy = if let Some((point, site)) = member.split_once('@') {
            hierarchy.point(point, site)?
        } else {
            let (child, parent) = member.split_once('/').unwrap_or((member, owner));
            hierarchy.child(child, parent)?
        };
    }
    Site::create(root, &hierarchy)
}

fn serve(mut site: Site) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "ready")?;
    out.flush()?;
    for line in io::stdin().lock().lines() {
        match obey(&mut site, &line?) {
            Ok(answer) => writeln!(out, "ok {answer}")?,
            Err(error) => writeln!(out, "error {error}")?,
        }
        out.flush()?;
    }
    Ok(())
}

fn obey(site: &mut Site, line: &str) -> Result<String, SiteError> {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    match *words.as_slice() {
        ["create", id, class, source] => {
            site.create_package(&NewPackage::direct(id, class.parse()?, Path::new(source)))?;
        }
        ["refresh", id] => return site.refresh(id, None, None).map(|value| value.to_string()),
        ["refresh", id, context] => {
            return site.refresh(id, None, Some(context)).map(|value| value.to_string());
        }
        ["delete", id] => site.delete(id)?,
        ["assign", id, point] => site.assign(id, point)?,
        ["remove", id, point] => site.remove(id, point)?,
        ["redistribute", id, point] => site.redistribute(id, point)?,
        ["add", id, name, text] => {
            return site
                .add_content(id, name, text.as_bytes(), true)
                .map(|value| value.to_string());
        }
        ["package", id] => return Ok(format!("{:?}", site.package(id)?)),
        ["point", id, point] => return Ok(format!("{:?}", site.point(id, point)?)),
        ["content", id, point] => return Ok(format!("{:?}", site.content(id, point)?)),
        ["context", id] => return Ok(format!("{:?}", site.context(id)?)),
        ["retry"] => site.retry()?,
        _ => {
            let reason = format!("`{line}` is none; start without arguments for the list");
            return Err(SiteError::InvalidParameter { parameter: "command", reason });
        }
    }
    Ok("done".to_owned())
}
