//! The table of the sentences of the method pages.

use super::places::{
    ALL, ALL_BUT_BOOT_IMAGE, ALL_BUT_CONTENT, ALL_BUT_DEVICE_SETTING, USUAL, introduction, on,
    remarks, see_also, spot,
};
use super::{Heading, SentenceEntry};
use crate::words::PackageClass::{
    BootImage, Content, DeviceSetting, Driver, Image, OperatingSystemInstall, Package,
    SoftwareUpdates, TaskSequence,
};

macro_rules! sentences {
    ($($name:ident $id:literal: $says:literal, $stands:expr => $leads_to:literal;)+) => {
        /// A sentence of the method pages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(usize)]
        #[expect(missing_docs, reason = "each is the sentence of its row")]
        pub enum PageSentence {
            $($name),+
        }

        pub(super) const SENTENCES: [SentenceEntry; [$($id),+].len()] = [$(SentenceEntry {
            sentence: PageSentence::$name,
            id: $id,
            says: $says,
            stands: $stands,
            leads_to: $leads_to,
        }),+];
    };
}

sentences! {
    Method "S-METHOD": "RefreshPkgSource is a method of the class",
        &[on(ALL, introduction(1, 1))] => "IF-10";
    Refresh "S-REFRESH": "it refreshes the package source at all distribution points",
        &[on(ALL_BUT_CONTENT, introduction(1, 1))] => "DST-1";
    Cause "S-CAUSE": "it causes a refresh of the package source; no distribution point is mentioned",
        &[on(&[Content], introduction(1, 1))] => "Q-UNPROMISED";
    Unchanged "S-UNCHANGED": "that is for when the properties of the package have not changed",
        &[on(&[TaskSequence], introduction(1, 1)), on(&[Content], remarks(1, 1))] => "Q-PROPERTIES";
    Inoperable "S-INOPERABLE": "it serves the infrastructure, and a call leaves the task sequence inoperable",
        &[on(&[TaskSequence], spot(Heading::Caution, 1, 1))] => "CLS-1";
    Copy "S-COPY": "the latest version is copied to all the distribution points of the package",
        &[on(USUAL, remarks(1, 1)), on(&[SoftwareUpdates], introduction(1, 2))] => "DST-1";
    Increment "S-INCREMENT": "the source version is incremented",
        &[on(USUAL, remarks(1, 2)), on(&[SoftwareUpdates], introduction(1, 3))] => "VER-1";
    Replicate "S-REPLICATE": "the content is replicated to child sites",
        &[on(USUAL, remarks(1, 2)), on(&[SoftwareUpdates], introduction(1, 3))] => "HIE-1";
    OnlyWay "S-ONLY-WAY": "it is the only way to force an update of the source files",
        &[on(USUAL, remarks(2, 1)), on(&[TaskSequence, SoftwareUpdates], remarks(1, 1))] => "UPD-1";
    OtherWay "S-OTHER-WAY": "but for a RefreshSchedule value of the package",
        &[on(USUAL, remarks(2, 1)), on(&[TaskSequence, SoftwareUpdates], remarks(1, 1))] => "SCH-2";
    ScheduleElsewhere "S-SCHEDULE": "the property RefreshSchedule is described on a class page",
        &[on(USUAL, remarks(2, 2)), on(&[TaskSequence, SoftwareUpdates], remarks(1, 2))] => "SCH-1";
    Log "S-LOG": "when the call fails, Smsprov.log on the SMS Provider tells more",
        &[on(&[Package, BootImage], remarks(3, 1))] => "IF-19";
    HowTo "S-HOW-TO": "how a driver package is made and its content added is told in a how-to",
        &[on(&[Driver], remarks(3, 1))] => "CLS-6";
    Simplified "S-SIMPLIFIED": "the signature that follows is simplified",
        &[
            on(ALL, introduction(2, 1))
        ] => "DOC-1";
    Signature "S-SIGNATURE": "the method's signature",
        &[on(ALL, spot(Heading::Syntax, 1, 1))] => "IF-1";
    NoParameters "S-NO-PARAMETERS": "there is no parameter",
        &[on(ALL_BUT_BOOT_IMAGE, spot(Heading::Parameters, 1, 1))] => "IF-2";
    ContextType "S-CONTEXT-TYPE": "ContextID is a string",
        &[on(&[BootImage], spot(Heading::Parameters, 1, 1))] => "IF-2";
    ContextOptional "S-CONTEXT-OPTIONAL": "ContextID goes in, and may be left out",
        &[on(&[BootImage], spot(Heading::Parameters, 1, 2))] => "IF-8";
    ContextMeaning "S-CONTEXT": "ContextID names the context of the boot image's status",
        &[on(&[BootImage], spot(Heading::Parameters, 1, 3))] => "CLS-4";
    ReturnType "S-RETURN-TYPE": "the return value is an SInt32",
        &[on(ALL, spot(Heading::ReturnValues, 1, 1))] => "IF-3";
    Success "S-SUCCESS": "0 is success, and any other value failure",
        &[on(ALL, spot(Heading::ReturnValues, 1, 1))] => "IF-4";
    ErrorsElsewhere "S-ERRORS": "how returned errors are handled is told on a page of its own",
        &[on(ALL, spot(Heading::ReturnValues, 2, 1))] => "IF-6";
    Runtime "S-RUNTIME": "what must be installed to run it is told elsewhere",
        &[on(ALL_BUT_DEVICE_SETTING, spot(Heading::RuntimeRequirements, 1, 1))] => "DOC-2";
    Development "S-DEVELOPMENT": "what must be installed to develop with it is told elsewhere",
        &[on(ALL_BUT_DEVICE_SETTING, spot(Heading::DevelopmentRequirements, 1, 1))] => "DOC-2";
    RelatedClass "S-RELATED-CLASS": "related: a class page",
        &[
            on(&[Package, Content, Driver, TaskSequence, SoftwareUpdates, DeviceSetting, Image,
                BootImage, OperatingSystemInstall], see_also(1)),
            on(&[SoftwareUpdates], see_also(4)),
            on(&[DeviceSetting], see_also(3)),
        ] => "DOC-3";
    RelatedAdd "S-RELATED-ADD": "related: AddDriverContent",
        &[on(&[Driver], see_also(2))] => "CLS-6";
    RelatedRemove "S-RELATED-REMOVE": "related: RemoveDriverContent",
        &[on(&[Driver], see_also(3))] => "CLS-10";
    RelatedValidate "S-RELATED-VALIDATE": "related: ValidateNewPackageSource",
        &[on(&[Driver], see_also(4)), on(&[SoftwareUpdates], see_also(3))] => "CLS-12";
    RelatedSite "S-RELATED-SITE": "related: SetSourceSite",
        &[on(&[TaskSequence, SoftwareUpdates, DeviceSetting], see_also(2))] => "HIE-11";
}

#[cfg(test)]
mod tests {
    use super::super::Spot;
    use super::*;
    use crate::words::PackageClass::{self, Vhd};
    use std::collections::BTreeSet;

    /// How many sentences each paragraph of a page has, as they were counted on the page.
    type Counted = &'static [(Heading, &'static [u8])];

    const ONCE: &[u8] = &[1];
    const TWICE: &[u8] = &[1, 1];

    fn counted(class: PackageClass) -> Counted {
        use Heading::{
            Caution, DevelopmentRequirements, Introduction, Parameters, Remarks, ReturnValues,
            RuntimeRequirements, SeeAlso, Syntax,
        };
        match class {
            Package => &[
                (Introduction, TWICE),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, &[2, 2, 1]),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
                (SeeAlso, ONCE),
            ],
            Content => &[
                (Introduction, TWICE),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, ONCE),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
                (SeeAlso, ONCE),
            ],
            Driver => &[
                (Introduction, TWICE),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, &[2, 2, 1]),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
                (SeeAlso, &[4]),
            ],
            TaskSequence => &[
                (Introduction, TWICE),
                (Caution, ONCE),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, &[2]),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
                (SeeAlso, &[2]),
            ],
            SoftwareUpdates => &[
                (Introduction, &[3, 1]),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, &[2]),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
                (SeeAlso, &[4]),
            ],
            DeviceSetting => &[
                (Introduction, TWICE),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, &[2, 2]),
                (SeeAlso, &[3]),
            ],
            Image | OperatingSystemInstall => &[
                (Introduction, TWICE),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, &[2, 2]),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
                (SeeAlso, ONCE),
            ],
            BootImage => &[
                (Introduction, TWICE),
                (Syntax, ONCE),
                (Parameters, &[3]),
                (ReturnValues, TWICE),
                (Remarks, &[2, 2, 1]),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
                (SeeAlso, ONCE),
            ],
            Vhd => &[
                (Introduction, TWICE),
                (Syntax, ONCE),
                (Parameters, ONCE),
                (ReturnValues, TWICE),
                (Remarks, &[2, 2]),
                (RuntimeRequirements, ONCE),
                (DevelopmentRequirements, ONCE),
            ],
        }
    }

    fn spots(counted: Counted) -> BTreeSet<Spot> {
        let paragraphs = counted.iter().flat_map(|&(heading, paragraphs)| {
            (1..)
                .zip(paragraphs)
                .map(move |(paragraph, &sentences)| (heading, paragraph, sentences))
        });
        paragraphs
            .flat_map(|(heading, paragraph, sentences)| {
                (1..=sentences).map(move |sentence| spot(heading, paragraph, sentence))
            })
            .collect()
    }

    #[test]
    fn the_table_is_in_the_order_of_its_names() {
        assert!((0..).zip(&SENTENCES).all(|(nth, row)| row.sentence as usize == nth));
    }

    #[test]
    fn every_sentence_of_every_method_page_has_a_row_and_no_row_is_of_a_sentence_that_is_not_there()
    {
        for class in PackageClass::ALL {
            let places = SENTENCES.iter().flat_map(SentenceEntry::places);
            let told: BTreeSet<Spot> =
                places.filter(|&(page, _)| page == class).map(|(_, spot)| spot).collect();
            assert_eq!(told, spots(counted(class)), "{class}");
        }
    }

    #[test]
    fn no_row_stands_twice_at_one_spot_and_every_row_stands_somewhere() {
        for row in &SENTENCES {
            let places: Vec<(PackageClass, Spot)> = row.places().collect();
            let mut once = places.clone();
            once.dedup();
            assert!(!places.is_empty() && places == once, "{}", row.id);
        }
        let ids: BTreeSet<&str> = SENTENCES.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), SENTENCES.len());
    }
}
