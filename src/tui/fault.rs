//! Warning that the open network differs from its files as they are now, shown for as long as that is so.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tz::{DateTime, TimeZone, TimeZoneRef};

use crate::lower::Model;
use crate::message;
use crate::network::check::RULES;
use crate::report::checks::check;
use crate::spec::{Problem, Severity, named};
use crate::text::{Language, Message};

/// Source of the numbers on the screen instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// The files as they were before the error, with the time of that version.
    LastGood(Option<SystemTime>),
    /// The readable part of the file, together with these files that it inherits from.
    Readable(Vec<String>),
}

/// Problems of the open network's files, as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// All problems of the files, errors first.
    pub problems: Vec<Problem>,
    /// Source of the numbers.
    pub instead: Instead,
    /// Name of the file, if it is gone.
    gone: Option<String>,
}

impl Fault {
    /// Fault of a network that was opened although its spec could not be read completely. `None` if it could, even for an
    /// illegal network: that one is the network as written.
    pub fn at_start(model: &Model) -> Option<Self> {
        let is_unread =
            |problem: &Problem| problem.severity == Severity::Error && !is_of_network(problem);
        model.problems.iter().any(is_unread).then(|| Self {
            problems: check::check(model),
            instead: Instead::Readable(model.spec.parents.clone()),
            gone: None,
        })
    }

    /// Fault of files that broke after they were read. `name` is the network's file, `instead` the source of what is shown.
    pub fn now(mut problems: Vec<Problem>, name: &str, instead: Instead) -> Self {
        check::sort(&mut problems);
        Self {
            problems,
            instead,
            gone: (!named::path(name).exists()).then(|| short(name)),
        }
    }

    /// The first error.
    pub fn first(&self) -> Option<&Problem> {
        let mut problems = self.problems.iter();
        problems.find(|problem| problem.severity == Severity::Error)
    }

    /// Summary with file and line: `net.toml, line 3: …`.
    pub fn headline(&self) -> Message {
        let Some(error) = self.first() else {
            return message!("fault-somewhere");
        };
        match &error.place {
            Some(place) => {
                let (line, _) = place.line_column();
                message!(
                    "fault-headline",
                    file = &place.source.name,
                    line = line,
                    problem = error.headline()
                )
            }
            None => error.headline(),
        }
    }

    /// Line above every view while the fault lasts, the most important part first.
    pub fn line(&self, language: Language) -> String {
        let what = if let Some(name) = &self.gone {
            language.say(&message!("fault-gone", file = name))
        } else {
            let place = self.first().and_then(|error| error.place.as_ref());
            match place {
                Some(place) => {
                    let (line, _) = place.line_column();
                    let name = short(&place.source.name);
                    language.say(&message!("fault-at", file = name, line = line))
                }
                None => language.word("fault-somewhere").to_owned(),
            }
        };
        language.say(&message!(
            "fault-line",
            fault = what,
            numbers = self.numbers(language)
        ))
    }

    /// Sentence about the source of the numbers.
    pub fn numbers(&self, language: Language) -> String {
        match &self.instead {
            Instead::LastGood(Some(time)) => {
                let time = local(*time, SystemTime::now());
                language.say(&message!("fault-last-good-of", time = time))
            }
            Instead::LastGood(None) => language.word("fault-last-good").to_owned(),
            Instead::Readable(parents) => match parents.first() {
                Some(parent) => language.say(&message!("fault-parent", parent = parent)),
                None => language.word("fault-readable").to_owned(),
            },
        }
    }
}

/// Whether a problem concerns the network as written rather than its text.
pub(super) fn is_of_network(problem: &Problem) -> bool {
    RULES.iter().any(|rule| rule.id == problem.rule)
}

/// Time within which a moment needs no date.
const DAY: Duration = Duration::from_secs(86_400);

/// File name without its folders.
fn short(name: &str) -> String {
    let name = Path::new(name)
        .file_name()
        .map(|name| name.to_string_lossy());
    name.unwrap_or_default().into_owned()
}

/// Moment as `04:36` within a day of `now`, else as `2026-11-29 04:36`.
fn clock(time: SystemTime, now: SystemTime, zone: TimeZoneRef<'_>) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    let Ok(at) = DateTime::from_timespec(seconds, 0, zone) else {
        return String::new();
    };
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    let is_recent = now.duration_since(time).is_ok_and(|since| since < DAY);
    if is_recent {
        return clock;
    }
    let [month, day] = [at.month(), at.month_day()];
    format!("{}-{month:02}-{day:02} {clock}", at.year())
}

/// Moment in the time zone of the user (`TZ`, or the system's), or in UTC with that word where it is unknown.
fn local(time: SystemTime, now: SystemTime) -> String {
    let zone = match std::env::var("TZ") {
        Ok(name) => TimeZone::from_posix_tz(&name),
        Err(_) => TimeZone::local(),
    };
    match zone {
        Ok(zone) => clock(time, now, zone.as_ref()),
        Err(_) => format!("{} UTC", clock(time, now, TimeZoneRef::utc())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_dates_in_a_time_zone() {
        let berlin = TimeZone::from_posix_tz("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        for (seconds, utc, local) in [
            (0, "1970-01-01 00:00", "1970-01-01 01:00"),
            (951_782_399, "2000-02-28 23:59", "2000-02-29 00:59"),
            (951_868_800, "2000-03-01 00:00", "2000-03-01 01:00"),
            (1_785_508_200, "2026-07-31 14:30", "2026-07-31 16:30"),
            (1_795_926_965, "2026-11-29 04:36", "2026-11-29 05:36"),
        ] {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            for (zone, date) in [(TimeZoneRef::utc(), utc), (berlin.as_ref(), local)] {
                assert_eq!(clock(time, time + DAY, zone), date);
                let short = &date[date.len() - 5..];
                assert_eq!(clock(time, time + DAY / 2, zone), short);
            }
        }
    }
}
