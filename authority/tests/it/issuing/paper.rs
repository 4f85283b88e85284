//! Paper codes: how an authority issues and withdraws them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority as office;
use office::{Scratch, published};
use tongma::{
    policy::colour::Status,
    roles::{
        Verdict,
        verifier::{Expectation, TrustStore, verify},
    },
    time::UnixTime,
    token::{
        DocumentKind, Serial,
        status::{REVOKED, SUSPENDED, VALID, YELLOW},
        trust::TrustBundle,
    },
};
use tongma_authority::{Authority, AuthorityError, Decider, Finding, IssuedPaper, PaperRequest};

const DAY: i64 = 86_400;

/// The time at which all this happens.
const NOW: UnixTime = UnixTime(1_800_000_000);
const GREEN: &str = "restricted paper-not-bound";

fn told(verdict: &Verdict) -> String {
    [Some(verdict.outcome.code()), verdict.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
fn asked(name: &str, number: &str) -> PaperRequest {
    PaperRequest {
        name: name.into(),
        document_kind: DocumentKind::IdCard,
        document_number: number.into(),
        region: 360_102,
        valid_for_s: 180 * DAY,
    }
}

const NUMBER: &str = "11010519491231002X";

struct Office {
    authority: Authority,
    _folder: Scratch,
}

fn office(name: &str) -> Office {
    let folder = Scratch::new(name);
    Office { authority: Authority::init(folder.path(), NOW).unwrap(), _folder: folder }
}

impl Office {
    fn issue(&self, number: &str, now: UnixTime) -> IssuedPaper {
        self.authority.issue_paper(&asked("甲乙丙", number), now).unwrap().unwrap()
    }

    /// What a gate with the newest data says.
    fn judge(&self, issued: &IssuedPaper, now: UnixTime) -> String {
        let published = published(&self.authority);
        let mut store = TrustStore::default();
        let read = |name: &str| std::fs::read(self.authority.public_dir().join(name)).unwrap();
        store.accept_bundle(TrustBundle::open(&read("bundle.cbor"), &office::root(&self.authority)).unwrap()).unwrap();
        for (_, entry) in published.bundle.lists.iter() {
            let list = tongma::token::status::StatusList::parse(&read(&entry.path), &published.bundle).unwrap().check_here().unwrap();
            store.accept_list(list);
        }
        told(&verify(&store, &Expectation::default(), &issued.text, now))
    }

    fn set(&self, number: &str, finding: &Finding, now: UnixTime) {
        let decider = Decider { by: "办公室", why: "test" };
        self.authority.set_finding((DocumentKind::IdCard, number), finding, decider, now).unwrap();
    }
}

#[test]
fn an_authority_issues_masks_and_replaces() {
    let office = office("paper-replaces");
    let first = office.issue(NUMBER, NOW);
    assert_eq!((first.paper.name.as_str(), first.paper.document.as_str(), first.replaced), ("甲**", "11**************2X", false));
    assert_eq!(office.judge(&first, NOW), GREEN);
    let other = office.authority.issue_paper(&asked("丁戊", "110105194912310038"), NOW).unwrap().unwrap();
    // Spelled in another way it is the same document.
    let second = office.authority.issue_paper(&asked("甲乙丙", " 110105 19491231 002x"), NOW.plus(60)).unwrap().unwrap();
    assert!(second.replaced && second.paper.serial != first.paper.serial && second.idx != first.idx);
    assert_eq!(office.judge(&first, NOW.plus(60)), "invalid paper-void");
    assert_eq!((office.judge(&second, NOW.plus(60)), office.judge(&other, NOW.plus(60))), (GREEN.into(), GREEN.into()));
    // By its serial, as it is told on the telephone.
    assert_eq!(office.authority.void_paper(second.paper.serial, NOW.plus(90)).unwrap(), second.idx);
    assert_eq!(office.judge(&second, NOW.plus(90)), "invalid paper-void");
    let unknown = office.authority.void_paper(Serial([0; 5]), NOW);
    assert!(matches!(unknown, Err(AuthorityError::SerialUnknown(_))));
}

#[test]
fn nothing_is_void_where_the_new_cards_can_not_be_kept() {
    let office = office("paper-kept");
    let first = office.issue(NUMBER, NOW);
    let full = || AuthorityError::File("cards.html".into(), std::io::Error::other("no room"));
    let failed = office.authority.issue_papers(&[asked("甲乙丙", NUMBER)], NOW.plus(60), |issued| {
        assert!(issued[0].as_ref().unwrap().replaced);
        Err(full())
    });
    assert!(matches!(failed, Err(AuthorityError::File(..))));
    office.authority.publish(NOW.plus(60)).unwrap();
    assert_eq!(office.judge(&first, NOW.plus(60)), GREEN, "all of it is taken back");
}

#[test]
fn its_colour_follows_the_person_through_the_list() {
    let office = office("paper-colour");
    let issued = office.issue(NUMBER, NOW);
    let contact = Finding { status: Some(Status::CloseContact), ..Finding::default() };
    office.set(NUMBER, &contact, NOW.plus(10));
    assert_eq!(office.judge(&issued, NOW.plus(10)), "stop colour-red");
    let again = office.issue(NUMBER, NOW.plus(20));
    assert_eq!(office.judge(&again, NOW.plus(20)), "stop colour-red", "a new card makes nobody green");
    office.set(NUMBER, &Finding::default(), NOW.plus(30));
    assert_eq!(office.judge(&again, NOW.plus(30)), GREEN);
    assert_eq!(office.judge(&issued, NOW.plus(30)), "invalid paper-void");
    for (status, expect) in
        [(YELLOW, "restricted colour-yellow"), (SUSPENDED, "stop colour-red"), (VALID, GREEN), (REVOKED, "invalid paper-void")]
    {
        office.authority.set_status(again.idx, status, NOW.plus(40)).unwrap();
        assert_eq!(office.judge(&again, NOW.plus(40)), expect);
    }
}

#[test]
fn no_paper_for_who_is_monitored() {
    let office = office("paper-monitored");
    let issued = office.issue(NUMBER, NOW);
    office.set(NUMBER, &Finding { monitored_since: Some(NOW), ..Finding::default() }, NOW.plus(10));
    assert_eq!(office.judge(&issued, NOW.plus(10)), "invalid paper-void", "it could not tell");
    assert_eq!(office.authority.issue_paper(&asked("甲乙丙", NUMBER), NOW.plus(20)).unwrap(), None);
    office.set(NUMBER, &Finding::default(), NOW.plus(30));
    let again = office.issue(NUMBER, NOW.plus(40));
    assert_eq!(office.judge(&again, NOW.plus(40)), GREEN);
}
