//! What to do about a fault, in a line; nothing where the fault says it itself.

use crate::adapter::{AdapterFault, FaultCause};

/// The stage at which a process could not begin.
pub(super) fn stage_of(fault: &AdapterFault) -> &'static str {
    match (&fault.cause, fault.during.as_str()) {
        (FaultCause::CannotStart(_), _) => "starts",
        (FaultCause::BadHello(_), _) => "hello is valid",
        (_, "hello") => "speaks",
        _ => "refuses unknown operations",
    }
}

pub(super) fn remedy(fault: &AdapterFault) -> String {
    let mend = match &fault.cause {
        FaultCause::Silent(_) => return of_silence(&fault.during),
        FaultCause::NotAReply(why, _) => of_a_line(why),
        FaultCause::CannotStart(_) => {
            "give a program that exists and can be executed, with its arguments, after `--`"
        }
        FaultCause::Ended(_) => {
            "keep running until the end of input; what it wrote to standard error may say why it ended"
        }
        FaultCause::Unended(..) => {
            "end every reply with a line feed, and flush standard output after it"
        }
        FaultCause::LineTooLong(_) => "answer `content` in pages, with `next`",
        FaultCause::NotAsked(_) => "repeat the request's `id` in its reply, and reply once",
        FaultCause::MissingMember(what) if what.contains(" lacks ") => {
            "add the member; sections 3 to 5 of the protocol page list what a reply holds"
        }
        // The request itself was refused, and the refusal says why.
        FaultCause::BadAnswer(why) if why.contains("was answered") => "",
        FaultCause::MissingMember(_) | FaultCause::BadAnswer(_) => {
            "give the member the form that sections 3 to 5 of the protocol page describe"
        }
        FaultCause::AnswersAnything(_) => {
            "answer `unsupported` to every operation that you do not know"
        }
        FaultCause::NotServed(_) => "serve it, or take it out of `hello`",
        FaultCause::BadHello(_) => {
            "mend that member of the reply to `hello`; section 2 of the protocol page lists them"
        }
        FaultCause::LeftBehind(_) => "end what you started when your input ends",
        FaultCause::Meddled(_) => {
            "leave the sources and the folders of the suite as they are; section 3 says what is yours"
        }
        FaultCause::Pipe(_) => {
            "keep standard input and standard output open until the end of input"
        }
        FaultCause::SaysSo(_)
        | FaultCause::KeepsFailing(_)
        | FaultCause::NotRunning
        | FaultCause::TooManyRestarts(_)
        | FaultCause::TooMuch(_)
        | FaultCause::Surroundings(_)
        | FaultCause::Interrupted => "",
    };
    mend.to_owned()
}

/// Silence has other causes at the beginning, in the middle and at the end.
fn of_silence(during: &str) -> String {
    match during {
        "hello" => {
            "not a byte came: flush standard output after every reply; a program that needs \
                    longer to start is given it with --start-ms"
                .to_owned()
        }
        "exit" => "end when standard input ends".to_owned(),
        "close" => {
            "answer `close` in time: what takes longer can wait for the next `open`".to_owned()
        }
        "unknown operation" => {
            "answer `unsupported` to an operation that you do not know, instead of leaving it out"
                .to_owned()
        }
        other => {
            let option = if other == "refresh" { "--refresh-ms" } else { "--request-ms" };
            format!(
                "earlier requests were answered, so flushing is not it: answer `{other}`, too; what needs \
                 longer is given it with {option}"
            )
        }
    }
}

/// A line that is no reply: of another form, with another id, or not meant as one.
fn of_a_line(why: &str) -> &'static str {
    if why.contains("`id`") {
        "repeat the request's `id` as it came, a number"
    } else if why.starts_with("it is") {
        "write one JSON object a line to standard output, and nothing else; logs go to standard error"
    } else {
        "give every reply exactly one of the five, an object; section 1 of the protocol page shows them"
    }
}
