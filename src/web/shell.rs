//! The runner: takes events to a machine, shows its view, carries out its effects, and brings their results back.

use super::{
    check::Checker,
    crypto::{seed, sign},
    network,
    scope::{clear_timeout, performance_now, set_timeout},
    store::{Elsewhere, Store},
    wake::Wake,
};
use crate::{
    app::{Deployment, Effect, Problem, ShellEvent, Ticket, Update, Write, Writes},
    entropy::Entropy,
    json,
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
};
use js_sys::Function;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;

/// Longest single timer, in milliseconds; browsers hold no more than 31 bits, and sleep through long ones.
const LONGEST_TIMER_MS: f64 = 3_600_000.0;

/// A machine that can be run.
pub(super) trait Machine: Default + 'static {
    /// What happens to it.
    type Event: DeserializeOwned + 'static;
    /// What it shows.
    type View: Serialize;
    /// Name of its database.
    const DATABASE: &'static str;
    /// Only one tab runs it at a time; a second one waits, and says so.
    #[cfg(feature = "verifier")]
    const ONE_TAB: bool;
    /// Wraps an event of the shell.
    fn from_shell(event: ShellEvent) -> Self::Event;
    /// One step.
    fn step(&mut self, event: Self::Event, now: UnixTime, entropy: &mut Entropy) -> Update<Self::View>;
}

/// A running machine.
pub(super) struct Shell<M: Machine> {
    machine: RefCell<M>,
    queue: RefCell<VecDeque<M::Event>>,
    stepping: Cell<bool>,
    store: RefCell<Option<Rc<Store>>>,
    writes: RefCell<Writes>,
    saving: Cell<bool>,
    checker: Checker,
    wake: Wake,
    timer: RefCell<JsValue>,
    on_view: Function,
    on_scan: Option<Function>,
    last_view: RefCell<String>,
    others: Option<web_sys::BroadcastChannel>,
    /// Another module has taken over.
    #[cfg(all(feature = "wallet", not(feature = "everyday")))]
    stopped: Cell<bool>,
    /// The page's clock in milliseconds and this thread's stopwatch at the same moment.
    stamp: Cell<Option<(f64, f64)>>,
}

impl<M: Machine> Shell<M> {
    pub(super) fn new(on_view: Function, on_scan: Option<Function>) -> Rc<Self> {
        Rc::new(Self {
            machine: RefCell::default(),
            queue: RefCell::default(),
            stepping: Cell::new(false),
            store: RefCell::default(),
            writes: RefCell::default(),
            saving: Cell::new(false),
            checker: Checker::default(),
            wake: Wake::default(),
            timer: RefCell::new(JsValue::NULL),
            on_view,
            on_scan,
            last_view: RefCell::default(),
            others: web_sys::BroadcastChannel::new(M::DATABASE).ok(),
            #[cfg(all(feature = "wallet", not(feature = "everyday")))]
            stopped: Cell::new(false),
            stamp: Cell::new(None),
        })
    }

    /// Opens storage and deployment, then gives the machine its first event.
    pub(super) async fn open(self: &Rc<Self>, languages: Vec<String>) {
        #[cfg(feature = "verifier")]
        if M::ONE_TAB && !super::lock::taken(M::DATABASE, true).await {
            let problem = Some(Problem { reason: Reason::AlreadyOpen });
            self.shell_event(ShellEvent::Opened { stored: None, problem, languages: languages.clone(), deployment: Deployment::default() });
            super::lock::taken(M::DATABASE, false).await;
            self.machine.replace(M::default());
        }
        let mut stored = None;
        let mut problem: Option<Reason>;
        match Store::open(M::DATABASE).await {
            Ok(loaded) => {
                stored = loaded.state.map(|state| to_base64url(&state));
                problem = loaded.damaged.then_some(Reason::StorageDamaged);
                self.store.replace(Some(Rc::new(loaded.store)));
                super::scope::ask_for_persistence();
                self.listen();
            }
            Err(reason) => problem = Some(reason),
        }
        let deployment = network::deployment().await.and_then(|json| json::from_slice(&json).map_err(|_| Reason::Offline));
        let deployment = deployment.unwrap_or_else(|reason| {
            problem.get_or_insert(reason);
            Deployment::default()
        });
        self.shell_event(ShellEvent::Opened { stored, problem: problem.map(|reason| Problem { reason }), languages, deployment });
    }

    /// The page's clock is the one clock: in a worker it comes with every message.
    #[cfg(feature = "verifier")]
    pub(super) fn set_clock(&self, page_now_ms: f64) {
        self.stamp.set(Some((page_now_ms, performance_now())));
    }

    fn now_ms(&self) -> f64 {
        self.stamp.get().map_or_else(js_sys::Date::now, |(page, stopwatch)| page + performance_now() - stopwatch)
    }

    /// Takes an event of the page, as JSON.
    pub(super) fn send(self: &Rc<Self>, json: &str) {
        match json::from_str(json) {
            Ok(event) => self.event(event),
            Err(_) => super::scope::console_error("Tongma: the page sent an event of an unknown shape; it was ignored."),
        }
    }

    pub(super) fn shell_event(self: &Rc<Self>, event: ShellEvent) {
        self.event(M::from_shell(event));
    }

    /// One event after the other, also when a callback sends the next one.
    pub(super) fn event(self: &Rc<Self>, event: M::Event) {
        #[cfg(all(feature = "wallet", not(feature = "everyday")))]
        if self.stopped.get() {
            return;
        }
        self.queue.borrow_mut().push_back(event);
        if self.stepping.replace(true) {
            return;
        }
        loop {
            let next = self.queue.borrow_mut().pop_front();
            let Some(event) = next else { break };
            self.step(event);
        }
        self.stepping.set(false);
    }

    fn step(self: &Rc<Self>, event: M::Event) {
        let Ok(seed) = seed() else {
            return super::scope::console_error("Tongma: this browser has no secure random source.");
        };
        #[allow(clippy::cast_possible_truncation)]
        let now = UnixTime((self.now_ms() / 1000.0) as i64);
        let update = self.machine.borrow_mut().step(event, now, &mut Entropy::new(seed));
        if let Ok(view) = json::to_string(&update.view)
            && *self.last_view.borrow() != view
        {
            // A view that can't be drawn is the page's fault; the machine goes on.
            let _ = self.on_view.call1(&JsValue::NULL, &view.as_str().into());
            self.last_view.replace(view);
        }
        for effect in update.effects {
            self.carry_out(effect, now);
        }
    }

    fn carry_out(self: &Rc<Self>, effect: Effect, now: UnixTime) {
        match effect {
            Effect::Scan { on } => {
                if let Some(on_scan) = &self.on_scan {
                    let _ = on_scan.call1(&JsValue::NULL, &on.into());
                }
            }
            Effect::Tick { at } => self.set_timer(at, now),
            Effect::Store { ticket, state } => self.save(ticket, None, state),
            Effect::Keep { ticket, record, data } => self.save(ticket, Some(record), data),
            other => {
                let shell = self.clone();
                spawn_local(async move { shell.carry_out_later(other).await });
            }
        }
    }

    async fn carry_out_later(self: Rc<Self>, effect: Effect) {
        let (ticket, answer) = match effect {
            Effect::Check { ticket, checks } => {
                let results = self.checker.check(&checks).await;
                (ticket, Ok(ShellEvent::Checked { ticket, results }))
            }
            Effect::Fetch { ticket, resource } => {
                let answer = network::get(&resource).await;
                (ticket, answer.map(|(status, body)| ShellEvent::Fetched { ticket, status, body: to_base64url(&body) }))
            }
            Effect::Forget { record } => {
                if let Ok(store) = self.store() {
                    // What stays behind is named by nothing any more.
                    let _ = store.forget(&record).await;
                }
                return;
            }
            Effect::Load { ticket, record } => {
                let answer = async { self.store()?.load(&record).await }.await;
                (ticket, answer.map(|data| ShellEvent::Loaded { ticket, data: data.map(|data| to_base64url(&data)) }))
            }
            Effect::MakeKey { ticket, slot } => {
                let answer = async { self.store()?.make_key(&slot).await }.await;
                (ticket, answer.map(|key| ShellEvent::KeyMade { ticket, public_key: to_base64url(key.to_sec1()) }))
            }
            Effect::Sign { ticket, slot, message } => {
                let answer = async {
                    let message = from_base64url(&message).ok_or(Reason::Internal)?;
                    sign(&self.store()?.key(&slot).await?, &message).await
                }
                .await;
                (ticket, answer.map(|signature| ShellEvent::Signed { ticket, signature: to_base64url(&signature) }))
            }
            Effect::DropKey { slot } => {
                if let Ok(store) = self.store() {
                    // A key that stays behind does no harm: nothing names it any more.
                    let _ = store.drop_key(&slot).await;
                }
                return;
            }
            Effect::Wake { on } => return self.wake.set(on).await,
            #[cfg(feature = "everyday")]
            Effect::Wipe { ticket } => match async { self.store()?.wipe().await }.await {
                // Whatever the page still holds in memory goes with it.
                Ok(()) => {
                    self.tell_others();
                    return super::scope::reload();
                }
                Err(reason) => (ticket, Err(reason)),
            },
            Effect::Keep { .. } | Effect::Scan { .. } | Effect::Store { .. } | Effect::Tick { .. } => return,
        };
        self.shell_event(answer.unwrap_or_else(|reason| ShellEvent::Failed { ticket, problem: Problem { reason } }));
    }

    /// Takes no event any more, and waits until all that was to be written is.
    #[cfg(all(feature = "wallet", not(feature = "everyday")))]
    pub(super) async fn stop(&self) {
        self.stopped.set(true);
        clear_timeout(&self.timer.borrow());
        if let Some(others) = &self.others {
            others.close();
        }
        while self.saving.get() {
            super::scope::pause().await;
        }
        self.wake.set(false).await;
    }

    fn store(&self) -> Result<Rc<Store>, Reason> {
        self.store.borrow().clone().ok_or(Reason::StorageRefused)
    }

    fn save(self: &Rc<Self>, ticket: Ticket, record: Option<String>, data: String) {
        self.writes.borrow_mut().add(ticket, record, data);
        if !self.saving.replace(true) {
            let shell = self.clone();
            spawn_local(async move { shell.save_all().await });
        }
    }

    /// Writes in the order asked for.
    async fn save_all(self: Rc<Self>) {
        loop {
            let next = self.writes.borrow_mut().next();
            let Some(Write { tickets, record, data }) = next else { break };
            let saved = async {
                let data = from_base64url(&data).ok_or(Reason::Internal)?;
                match &record {
                    None => self.store()?.save(&data).await,
                    Some(record) => self.store()?.keep(record, &data).await,
                }
            }
            .await;
            if saved.is_ok() && record.is_none() {
                self.tell_others();
            }
            let conflict = saved == Err(Reason::OtherTab);
            for ticket in tickets {
                self.shell_event(match &saved {
                    Ok(()) => ShellEvent::Stored { ticket },
                    Err(reason) => ShellEvent::Failed { ticket, problem: Problem { reason: reason.clone() } },
                });
            }
            if conflict {
                self.read_again().await;
            }
        }
        self.saving.set(false);
    }

    /// The other tabs look at what is stored now.
    fn tell_others(&self) {
        if let Some(others) = &self.others {
            let _ = others.post_message(&JsValue::TRUE);
        }
    }

    /// Another tab has written: what it wrote holds.
    async fn read_again(self: &Rc<Self>) {
        let Ok(store) = self.store() else { return };
        match store.reload().await {
            Ok(Elsewhere::State(state)) => {
                // What waits to be written was made of what this tab knew before.
                let outdated = self.writes.borrow_mut().drop_states();
                for ticket in outdated {
                    self.shell_event(ShellEvent::Failed { ticket, problem: Problem { reason: Reason::OtherTab } });
                }
                self.shell_event(ShellEvent::StoredElsewhere { stored: to_base64url(&state) });
            }
            #[cfg(feature = "wallet")]
            Ok(Elsewhere::Gone) => super::scope::reload(),
            _ => {}
        }
    }

    fn listen(self: &Rc<Self>) {
        let Some(others) = &self.others else { return };
        let shell = Rc::downgrade(self);
        let told = Closure::<dyn FnMut()>::new(move || {
            if let Some(shell) = shell.upgrade() {
                spawn_local(async move { shell.read_again().await });
            }
        });
        others.set_onmessage(Some(told.into_js_value().unchecked_ref()));
    }

    fn set_timer(self: &Rc<Self>, at: UnixTime, now: UnixTime) {
        clear_timeout(&self.timer.borrow());
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        let delay = (at.since(now) as f64 * 1000.0).clamp(0.0, LONGEST_TIMER_MS) as i32;
        let shell = Rc::downgrade(self);
        let tick = Closure::once_into_js(move || {
            if let Some(shell) = shell.upgrade() {
                shell.shell_event(ShellEvent::Ticked);
            }
        });
        self.timer.replace(set_timeout(tick.unchecked_ref(), delay));
    }
}
