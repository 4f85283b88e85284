//! A shell for the machines, natively: real keys, a real authority in a folder, a network and a storage that can fail, and a
//! process that can be killed at any effect.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};
use tongma::{
    app::{
        Asked, Deployment, Effect, Problem, Resource, ShellEvent, Ticket, Update,
        verifier::{Verifier, VerifierEvent, VerifierView},
        wallet::{ApplyField, Wallet, WalletEvent, WalletScreen, WalletView},
    },
    entropy::Entropy,
    keys::SecretKey,
    reason::Reason,
    signature::check_all,
    text::{from_base64url, to_base64url},
    time::UnixTime,
};
use tongma_authority::{Authority, AuthorityError};

/// A machine that the shell can drive.
pub trait Machine: Default {
    type Event;
    type View;
    fn from_shell(event: ShellEvent) -> Self::Event;
    fn step(&mut self, event: Self::Event, now: UnixTime, entropy: &mut Entropy) -> Update<Self::View>;
}

impl Machine for Wallet {
    type Event = WalletEvent;
    type View = WalletView;
    fn from_shell(event: ShellEvent) -> WalletEvent {
        WalletEvent::Shell { event }
    }
    fn step(&mut self, event: WalletEvent, now: UnixTime, entropy: &mut Entropy) -> Update<WalletView> {
        self.update(event, now, entropy)
    }
}

impl Machine for Verifier {
    type Event = VerifierEvent;
    type View = VerifierView;
    fn from_shell(event: ShellEvent) -> VerifierEvent {
        VerifierEvent::Shell { event }
    }
    fn step(&mut self, event: VerifierEvent, now: UnixTime, entropy: &mut Entropy) -> Update<VerifierView> {
        self.update(event, now, entropy)
    }
}

/// An authority in a folder of its own, which is gone with it.
pub struct World {
    folder: PathBuf,
    pub authority: Authority,
    pub deployment: Deployment,
}

impl World {
    pub fn new(now: UnixTime) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::temp_dir().join(format!("tongma-shell-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
        let authority = Authority::init(&folder, now).unwrap();
        authority.publish(now).unwrap();
        let deployment = authority.deployment();
        Self { folder, authority, deployment }
    }

    pub fn public(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.authority.public_dir().join(path)).ok()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What the network does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Network {
    #[default]
    Up,
    Down,
    /// Everything is answered with this status and body.
    Says(u16, Vec<u8>),
    /// Only what the path names is answered so, by its end.
    SaysFor(&'static str, u16, Vec<u8>),
}

/// What goes wrong at one effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The process is killed before it.
    Killed,
    /// It is carried out, and the process is killed before it hears of it.
    KilledAfter,
    /// It fails: storage is full, the network down, a key of no use.
    Fails,
}

/// One device: what survives its being killed, and the machine that runs on it.
pub struct Device<'w, M: Machine> {
    pub world: &'w World,
    pub now: UnixTime,
    pub network: Network,
    /// The page was opened online once, so its service worker has the trust list of then.
    pub kept: bool,
    /// Why storing fails, if it does.
    pub storage: Option<Reason>,
    pub stored: Option<String>,
    pub records: BTreeMap<String, String>,
    pub keys: BTreeMap<String, SecretKey>,
    pub tick: Option<UnixTime>,
    pub awake: bool,
    pub scanning: bool,
    pub fetched: Vec<String>,
    /// The credentials that the authority answered with.
    pub answers: Vec<String>,
    /// After so many effects more the process is killed.
    pub killed_after: Option<usize>,
    /// What goes wrong, and after how many effects more.
    pub fault: Option<(usize, Fault)>,
    /// What a person does while all that is under way, and after how many effects more.
    pub meanwhile: Option<(usize, M::Event)>,
    /// Effects carried out.
    pub effects: usize,
    pub dead: bool,
    machine: M,
    view: Option<M::View>,
    seed: u64,
}

/// What a healthy resident enters, in the order of the form.
pub const RESIDENT: [(ApplyField, &str); 10] = [
    (ApplyField::Name, "甲乙丙"),
    (ApplyField::DocumentNumber, "11010519491231002X"),
    (ApplyField::Phone, "13800138000"),
    (ApplyField::Address, "江西省南昌市东湖区一号"),
    (ApplyField::Been, "no"),
    (ApplyField::Contact, "no"),
    (ApplyField::Symptoms, "0"),
    (ApplyField::Temperature, "36.6"),
    (ApplyField::Truth, "yes"),
    (ApplyField::Consent, "yes"),
];

impl Device<'_, Wallet> {
    /// Enters one thing, as a person does.
    pub fn enter(&mut self, field: ApplyField, value: &str) {
        self.send(WalletEvent::FieldChanged { field, value: value.into() });
        self.send(WalletEvent::FieldLeft { field });
    }

    /// Enters all of it.
    pub fn fill(&mut self) {
        for (field, value) in RESIDENT {
            self.enter(field, value);
        }
    }

    /// Goes through the steps of the form, to the last one or to where it does not go on, and sends it.
    pub fn submit(&mut self) {
        for _ in 0..3 {
            if matches!(self.view().screen, WalletScreen::Apply(_)) {
                self.send(WalletEvent::ApplySubmitted);
            }
        }
    }

    pub fn apply(&mut self) {
        self.fill();
        self.submit();
    }

    /// Opens for the first time and applies with these symptoms.
    pub fn apply_with(&mut self, symptoms: &str) {
        self.open();
        self.fill();
        self.enter(ApplyField::Symptoms, symptoms);
        self.submit();
    }
}

impl<'w, M: Machine> Device<'w, M> {
    pub fn new(world: &'w World, now: UnixTime) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        Self {
            // No two devices draw the same keys.
            seed: u64::from(NUMBER.fetch_add(1, Ordering::Relaxed)) << 32,
            world,
            now,
            network: Network::Up,
            kept: false,
            storage: None,
            stored: None,
            records: BTreeMap::new(),
            keys: BTreeMap::new(),
            tick: None,
            awake: false,
            scanning: false,
            fetched: Vec::new(),
            answers: Vec::new(),
            killed_after: None,
            fault: None,
            meanwhile: None,
            effects: 0,
            dead: false,
            machine: M::default(),
            view: None,
        }
    }

    /// Starts the process anew on what is stored.
    pub fn open(&mut self) -> &M::View {
        self.open_with(None, Some(self.world.deployment.clone()))
    }

    /// Starts the process with a problem of the shell's; without a deployment the network is down.
    pub fn open_with(&mut self, problem: Option<Reason>, deployment: Option<Deployment>) -> &M::View {
        self.machine = M::default();
        self.dead = false;
        self.tick = None;
        let problem = problem.or_else(|| deployment.is_none().then_some(Reason::Offline)).map(|reason| Problem { reason });
        let deployment = deployment.unwrap_or_default();
        let stored = self.stored.clone();
        self.shell(ShellEvent::Opened { stored, problem, languages: vec!["zh-CN".into()], deployment })
    }

    pub fn shell(&mut self, event: ShellEvent) -> &M::View {
        self.send(M::from_shell(event))
    }

    /// Sends an event and carries out all that follows from it.
    pub fn send(&mut self, event: M::Event) -> &M::View {
        let mut effects = self.step(event);
        while !effects.is_empty() && !self.dead {
            match self.meanwhile.take() {
                Some((0, event)) => effects.extend(self.step(event)),
                later => self.meanwhile = later.map(|(left, event)| (left - 1, event)),
            }
            let effect = effects.remove(0);
            if self.killed_after == Some(0) {
                self.dead = true;
                break;
            }
            self.killed_after = self.killed_after.map(|left| left - 1);
            if let Some(answer) = self.answer(effect) {
                effects.extend(self.step(M::from_shell(answer)));
            }
        }
        self.view()
    }

    fn answer(&mut self, effect: Effect) -> Option<ShellEvent> {
        self.effects += 1;
        let fault = match self.fault.take() {
            Some((0, fault)) => fault,
            later => {
                self.fault = later.map(|(left, fault)| (left - 1, fault));
                return self.carry_out(effect);
            }
        };
        if fault == Fault::Killed {
            self.dead = true;
            return None;
        }
        if let (Fault::Fails, Some((ticket, reason))) = (&fault, failure_of(&effect)) {
            return Some(ShellEvent::Failed { ticket, problem: Problem { reason } });
        }
        let answer = self.carry_out(effect);
        self.dead |= fault == Fault::KilledAfter;
        answer.filter(|_| !self.dead)
    }

    /// Lets time pass; what asked to be woken within it is.
    pub fn pass(&mut self, seconds: i64) -> &M::View {
        let end = self.now.plus(seconds);
        while let Some(at) = self.tick.filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.tick = None;
            self.shell(ShellEvent::Ticked);
        }
        self.now = end;
        self.view()
    }

    pub fn view(&self) -> &M::View {
        self.view.as_ref().expect("a view, for the machine was opened")
    }

    fn step(&mut self, event: M::Event) -> Vec<Effect> {
        self.seed += 1;
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&self.seed.to_be_bytes());
        let Update { view, effects } = self.machine.step(event, self.now, &mut Entropy::new(seed));
        self.view = Some(view);
        effects
    }

    fn carry_out(&mut self, effect: Effect) -> Option<ShellEvent> {
        Some(match effect {
            Effect::Check { ticket, checks } => ShellEvent::Checked { ticket, results: check_all(&checks) },
            Effect::DropKey { slot } => {
                self.keys.remove(&slot);
                return None;
            }
            Effect::Fetch { ticket, resource } => self.fetch(ticket, &resource),
            Effect::Forget { record } => {
                self.records.remove(&record);
                return None;
            }
            Effect::Keep { ticket, record, data } => match &self.storage {
                Some(reason) => ShellEvent::Failed { ticket, problem: Problem { reason: reason.clone() } },
                None => {
                    self.records.insert(record, data);
                    ShellEvent::Stored { ticket }
                }
            },
            Effect::Load { ticket, record } => ShellEvent::Loaded { ticket, data: self.records.get(&record).cloned() },
            Effect::MakeKey { ticket, slot } => {
                let mut seed = [3; 32];
                seed[..8].copy_from_slice(&self.seed.to_be_bytes());
                let key = self.keys.entry(slot).or_insert_with(|| SecretKey::generate(&mut Entropy::new(seed)));
                ShellEvent::KeyMade { ticket, public_key: to_base64url(key.public().to_sec1()) }
            }
            Effect::Scan { on } => {
                self.scanning = on;
                return None;
            }
            Effect::Sign { ticket, slot, message } => match self.keys.get(&slot) {
                Some(key) => ShellEvent::Signed { ticket, signature: to_base64url(&key.sign(&from_base64url(&message).unwrap())) },
                None => ShellEvent::Failed { ticket, problem: Problem { reason: Reason::KeyUnusable } },
            },
            Effect::Store { ticket, state } => match &self.storage {
                Some(reason) => ShellEvent::Failed { ticket, problem: Problem { reason: reason.clone() } },
                None => {
                    self.stored = Some(state);
                    ShellEvent::Stored { ticket }
                }
            },
            Effect::Tick { at } => {
                self.tick = Some(at);
                return None;
            }
            Effect::Wake { on } => {
                self.awake = on;
                return None;
            }
            Effect::Wipe { ticket } => match &self.storage {
                Some(reason) => ShellEvent::Failed { ticket, problem: Problem { reason: reason.clone() } },
                None => {
                    (self.stored, self.records, self.keys) = (None, BTreeMap::new(), BTreeMap::new());
                    self.dead = true;
                    return None;
                }
            },
        })
    }

    fn asked(&mut self, answering: fn(&Authority, &[u8], UnixTime) -> Result<String, AuthorityError>, body: &str) -> (u16, Vec<u8>) {
        match answering(&self.world.authority, &from_base64url(body).unwrap(), self.now) {
            Ok(text) => {
                self.answers.push(text.clone());
                (200, text.into_bytes())
            }
            Err(AuthorityError::Refused(reason)) => (422, serde_json::to_vec(&reason).unwrap()),
            Err(_) => (500, Vec::new()),
        }
    }

    fn fetch(&mut self, ticket: Ticket, resource: &Resource) -> ShellEvent {
        let path = match resource {
            Resource::Application { .. } => "application",
            Resource::Ask { asked, .. } => asked.path(),
            Resource::Bundle | Resource::FirstBundle => "bundle.cbor",
            Resource::StatusList { path } => path,
        };
        self.fetched.push(path.to_owned());
        let (status, body) = match &self.network {
            Network::Down if self.kept && *resource == Resource::FirstBundle => (200, self.world.public(path).unwrap()),
            Network::Down => return ShellEvent::Failed { ticket, problem: Problem { reason: Reason::Offline } },
            Network::Says(status, body) => (*status, body.clone()),
            Network::SaysFor(end, status, body) if path.ends_with(end) => (*status, body.clone()),
            Network::Up | Network::SaysFor(..) => match resource {
                Resource::Application { body } => self.asked(Authority::apply, body),
                Resource::Ask { asked: Asked::AppealState, body } => self.asked(Authority::appeal_state, body),
                Resource::Ask { asked: Asked::Appeals, body } => self.asked(Authority::appeal, body),
                Resource::Ask { asked: Asked::Declarations, body } => self.asked(Authority::report, body),
                Resource::Ask { asked: Asked::Renewals, body } => self.asked(Authority::renew, body),
                _ => self.world.public(path).map_or((404, Vec::new()), |bytes| (200, bytes)),
            },
        };
        ShellEvent::Fetched { ticket, status, body: to_base64url(&body) }
    }
}

/// The ticket of an effect that can fail, and why it does.
fn failure_of(effect: &Effect) -> Option<(Ticket, Reason)> {
    match effect {
        Effect::Keep { ticket, .. } | Effect::Store { ticket, .. } => Some((*ticket, Reason::StorageFull)),
        Effect::Load { ticket, .. } | Effect::Wipe { ticket } => Some((*ticket, Reason::StorageRefused)),
        Effect::Fetch { ticket, .. } => Some((*ticket, Reason::Offline)),
        Effect::Check { ticket, .. } | Effect::MakeKey { ticket, .. } | Effect::Sign { ticket, .. } => Some((*ticket, Reason::KeyUnusable)),
        _ => None,
    }
}
