//! What one event is in a timeline: the act that its operation asks for, or that its reply shows. When it was, and what
//! came of it, is [`super::builder`]'s.

use super::builder::Builder;
use super::{Act, Held, NEVER, Writes};
use crate::history::Event;
use crate::index::{AdditionIndex, EventIndex};
use crate::operation::{Operation, Properties};
use crate::reply::Answer;
use crate::words::{Content, FilePath, FileRecord, SourceFlag, SourceName};

impl Builder<'_> {
    /// Whether a property is not as it was last written; what it was before the first write nobody knows.
    fn writes(&mut self, new: &Properties) -> Writes {
        let Properties { name, source, source_flag, share_name, .. } = &mut self.written;
        let mut updates = replace(name, new.name.as_ref());
        updates |= replace(source, new.source.as_ref());
        updates |= replace(source_flag, new.source_flag.as_ref());
        updates |= replace(share_name, new.share_name.as_ref());
        match new.refresh_pkg_source_flag {
            _ if updates => Writes::Property,
            Some(_) => Writes::FlagAlone,
            None => Writes::Nothing,
        }
    }

    /// What a read showed.
    pub(super) fn read(&mut self, event: &Event, answer: &Answer) -> Option<Act> {
        let returned = event.returned.unwrap_or(NEVER);
        Some(match (&event.operation, answer) {
            (Operation::Package { .. }, Answer::Package(status)) => {
                Act::ReadPackage(status.clone())
            }
            (Operation::Site { site, .. }, Answer::Site(status)) => {
                let site = self.places.site(site)?;
                Act::ReadSite { site, status: *status }
            }
            (Operation::Point { point, .. }, Answer::Point(status)) => {
                Act::ReadPoint { point: self.places.point(point)?, status: *status }
            }
            (Operation::Content { point, .. }, Answer::Content(page)) => {
                let held = match page {
                    Some(page) => Some(self.held(&page.files)?),
                    None => None,
                };
                Act::ReadContent { point: self.places.point(point)?, held }
            }
            (Operation::Context { context, .. }, Answer::Context(status)) => {
                Act::ReadContext { status: *status, of: self.contexts.use_of(context, returned) }
            }
            (Operation::Operable { .. }, Answer::Operable(operable)) => {
                Act::ReadOperable(*operable)
            }
            _ => return None,
        })
    }

    /// Splits what was read into what was added before, where path and bytes agree, and the rest.
    /// None where all that was read is more than can be kept.
    fn held(&mut self, files: &Content) -> Option<Held> {
        let additions = self.timeline.additions.indexed();
        let there: Vec<(AdditionIndex, &FilePath)> = additions
            .filter(|(at, _)| at.is_in(self.added))
            .filter(|(_, (path, record))| files.get(path) == Some(record))
            .map(|(at, (path, _))| (at, path))
            .collect();
        let added = there.iter().fold(0, |bits, (at, _)| bits | at.bit());
        let mut rest = files.clone();
        for (_, path) in there {
            rest.remove(path);
        }
        let base = self.numbers.number_within_bounds(&rest);
        self.too_many_files |= base.is_none();
        Some(Held { base: base?, added })
    }

    /// What is asked for.
    pub(super) fn change(&mut self, place: EventIndex) -> Option<Act> {
        let operation = &self.event(place).operation;
        let writes = match operation {
            Operation::Put { properties, .. } => self.writes(properties),
            _ => Writes::Nothing,
        };
        let source_index = |name: &SourceName| self.timeline.sources.position(|s| s == name);
        Some(match operation {
            Operation::Create { class, source, source_flag, .. } => {
                let flag = SourceFlag::at_creation(*source_flag, source.is_some());
                let source = source.as_ref().and_then(source_index);
                Act::Create { class: *class, source, flag }
            }
            Operation::Put { properties, .. } => {
                let source = properties.source.as_ref().and_then(source_index);
                Act::put(properties, source, writes)
            }
            Operation::Refresh { context, at, class, .. } => Act::Refresh {
                context: self.contexts.argument(context.as_deref()),
                at_owner: at.as_ref().is_none_or(|at| self.timeline.sites.first() == Some(at)),
                own_class: class.is_none_or(|class| self.timeline.class == Some(class)),
            },
            Operation::SetSchedule { tokens, .. } => Act::SetSchedule { tokens: tokens.len() },
            Operation::Assign { point, .. } => Act::Assign { point: self.places.point(point)? },
            Operation::Remove { point, .. } => Act::Remove { point: self.places.point(point)? },
            Operation::Redistribute { point, .. } => {
                Act::Redistribute { point: self.places.point(point)? }
            }
            Operation::Cancel { point, .. } => Act::Cancel { point: self.places.point(point)? },
            Operation::Delete { .. } => Act::Delete,
            Operation::AddDriver { path, file, .. } => self.addition(path, *file, true, false)?,
            Operation::AddContent { path, file, refresh_points, .. } => {
                self.addition(path, *file, false, *refresh_points)?
            }
            // What happens to sources has moments of its own; nothing follows from a clock.
            Operation::Edit { .. }
            | Operation::Fault { .. }
            | Operation::Heal { .. }
            | Operation::Clock { .. } => return None,
            // Reads are told by [`Self::read`].
            Operation::Package { .. }
            | Operation::Site { .. }
            | Operation::Point { .. }
            | Operation::Content { .. }
            | Operation::Context { .. }
            | Operation::Operable { .. }
            | Operation::Idle {} => return None,
        })
    }

    fn addition(
        &mut self,
        path: &FilePath,
        file: FileRecord,
        driver: bool,
        refresh_points: bool,
    ) -> Option<Act> {
        let additions = self.timeline.additions.indexed();
        let of_path = additions.filter(|(_, (known, _))| known == path);
        let bits = of_path.clone().fold(0, |bits, (at, _)| bits | at.bit());
        let (addition, _) = of_path.into_iter().find(|(_, (_, known))| *known == file)?;
        self.added |= addition.bit();
        Some(Act::Add { addition, replaces: bits & !addition.bit(), driver, refresh_points })
    }
}

/// Writes what is to be written; true where it was another, or not known.
fn replace<T: Clone + PartialEq>(old: &mut Option<T>, new: Option<&T>) -> bool {
    let changes = new.is_some() && old.as_ref() != new;
    if changes {
        *old = new.cloned();
    }
    changes
}
