//! Entries on the interface: what can be called, by whom, and how an answer travels.

use super::{Entry, aside, not_made, not_observable, not_read, permission, question};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};

pub(super) const ENTRIES: &[Entry] = &[
    not_observable(
        "IF-1",
        "each of the ten classes has the method, and the base class has none",
        "an adapter declares its classes, and a declared class that is not served is the adapter's fault",
        &[said(S::Signature), at(D::Base, "Methods")],
    ),
    not_observable(
        "IF-2",
        "no parameters but the boot image's ContextID, a string",
        "a message has no others; see IF-8 and Q-PARAMETER",
        &[said(S::NoParameters), said(S::ContextType)],
    ),
    not_observable(
        "IF-3",
        "the result is a signed 32-bit integer",
        "a message that holds another is the adapter's fault",
        &[said(S::ReturnType)],
    ),
    permission(
        "IF-5",
        "a failure may arrive as an error without a return value",
        "fails-with-an-error",
        &[
            at(D::Errors, "introduction, 1st and 2nd paragraphs"),
            at(D::AddUpdate, "Return Values, 1st paragraph"),
        ],
    ),
    not_read(
        "IF-6",
        "provider errors and WMI errors differ by class",
        "the adapter has translated them: a problem has a code and a message",
        &[said(S::ErrorsElsewhere), at(D::Errors, "Error Handling with WMI, 2nd paragraph")],
    ),
    question(
        "IF-9",
        "an undeclared parameter is a caller error",
        "Q-PARAMETER",
        &[at(D::WbemErrors, "constant wbemErrInvalidParameter"), said(S::NoParameters)],
    ),
    not_observable(
        "IF-10",
        "the call is one of an instance, keyed by PackageID",
        "a message always names a package; that a call concerns no other is VER-4, DST-1 and IF-18",
        &[
            said(S::Method),
            at(D::Actions, "Update a package, step 1: the method is executed on an instance"),
            at(D::Base, "property PackageID"),
        ],
    ),
    question(
        "IF-11",
        "a package is addressed through its own class",
        "Q-CLASS",
        &[at(D::ClsPkg, "Syntax and Methods"), at(D::ClsDrv, "Syntax and Methods")],
    ),
    permission(
        "IF-13",
        "0 means accepted: source and points may still be untouched, and a failure may show later",
        "delayed",
        &[at(
            D::Actions,
            "Update a package, steps 1 to 3: the call returns before the source is read",
        )],
    ),
    not_read(
        "IF-14",
        "accepted calls are audited",
        "no operation reads the audit",
        &[at(D::Actions, "Update a package, step 1: the line on auditing")],
    ),
    not_made(
        "IF-15",
        "an unauthorised call is refused",
        "callers with different rights",
        &[
            at(D::Accounts, "SMS Admins, and the namespace rights of authenticated users"),
            at(D::Roles, "introduction"),
        ],
    ),
    not_read(
        "IF-19",
        "when the call fails, Smsprov.log on the SMS Provider tells more",
        "no operation reads a log",
        &[said(S::Log)],
    ),
    not_read(
        "IF-20",
        "PackageType is the class's own number",
        "no message holds it; two documents differ on SMS_VhdPackage",
        &[
            at(D::Base, "property PackageType"),
            at(D::ClsVhd, "property PackageType"),
            at(D::Tips, "values of SMSPackages.PackageType"),
        ],
    ),
    not_observable(
        "RMT-1",
        "all surfaces report the same value",
        "an adapter stands on one surface",
        &[said(S::Success)],
    ),
    not_observable(
        "RMT-2",
        "the shape of a REST call",
        "it is the adapter's",
        &[at(D::Hub, "samples/CommonFunctions.ps1"), at(D::Service, "API description")],
    ),
    not_observable(
        "RMT-3",
        "a 2xx with a non-zero value is a failed call",
        "it is the adapter's; the value is judged by IF-4",
        &[said(S::Success)],
    ),
    not_observable(
        "RMT-4",
        "a status code does not tell denied from missing",
        "it is the adapter's",
        &[at(D::Thread179, "opening post")],
    ),
    not_observable(
        "RMT-5",
        "the shape of a WS-Management call",
        "it is the adapter's",
        &[at(D::WsMan, "sections 3.1.4.1.1 and 4.1.4")],
    ),
    aside("DOC-1", "a signature in a page is simplified", &[said(S::Simplified)]),
    aside(
        "DOC-2",
        "what must be installed is told elsewhere",
        &[said(S::Runtime), said(S::Development)],
    ),
    aside("DOC-3", "a related class has a page of its own", &[said(S::RelatedClass)]),
];
