//! What one event is in a timeline: the act that its operation asks for, or that its reply shows. When it was, and what
//! came of it, is [`super::builder`]'s.

use super::builder::Builder;
use super::{Act, Held, Moves, NEVER, Outcome, Writes};
use crate::history::Event;
use crate::index::{AdditionIndex, EventIndex, SourceIndex};
use crate::operation::{Operation, Properties};
use crate::reply::Answer;
use crate::words::{Content, FilePath, FileRecord, SourceFlag, SourceName};

impl Builder<'_> {
    /// What a write of these properties is.
    fn put(&mut self, new: &Properties, outcome: Outcome) -> Act {
        let (moves, others) = self.written.write(new, outcome);
        let writes = match new.refresh_pkg_source_flag {
            _ if moves != Moves::No || others => Writes::Property,
            Some(true) => Writes::FlagAlone,
            // It always reads false (BASE).
            Some(false) | None => Writes::Nothing,
        };
        let source = new.source.as_ref().and_then(|name| self.source_index(name));
        Act::put(new, source, moves, writes)
    }

    fn source_index(&self, name: &SourceName) -> Option<SourceIndex> {
        self.timeline.sources.position(|known| known == name)
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
    pub(super) fn change(&mut self, place: EventIndex, outcome: Outcome) -> Option<Act> {
        Some(match &self.event(place).operation {
            Operation::Create { class, source, source_flag, .. } => {
                let flag = SourceFlag::at_creation(*source_flag, source.is_some());
                self.written.create(source.as_ref(), flag, outcome);
                let source = source.as_ref().and_then(|name| self.source_index(name));
                Act::Create { class: *class, source, flag }
            }
            Operation::Put { properties, .. } => self.put(properties, outcome),
            Operation::Refresh { context, at, class, .. } => Act::Refresh {
                context: self.contexts.argument(context.as_deref(), self.event(place).invoked),
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
            Operation::Delete { .. } => {
                self.written.delete(outcome);
                Act::Delete
            }
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
