"""The scan page in a run: what is nearby, what is looked for, and what begins with a code or a device."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from companion.registry.records import UnfinishedRun
from ui.engine.commands import DismissRun, ListUnfinished
from ui.engine.events import Unfinished
from ui.flow.core import Flow
from ui.flow.state import Page
from ui.pages.control import FlowControl
from ui.pages.presenter import Presenter
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.present import devices, questions, scan
from ui.present.makers import makers

# A search that takes longer than this gets the page with the ring.
SEARCH_MILLISECONDS = 2500


class ScanPresenter(Presenter[ScanPage]):
    """Binds the page to the flow; the sources of codes have the page besides."""

    def __init__(self, page: ScanPage, sources: CodeSources, control: FlowControl) -> None:
        super().__init__(page, control)
        self._sources = sources
        self._unfinished: tuple[UnfinishedRun, ...] = ()
        self._warm = False
        self._long_search = QTimer(self)
        self._long_search.setSingleShot(True)
        self._long_search.setInterval(SEARCH_MILLISECONDS)
        self._long_search.timeout.connect(control.proceed)
        page.cancelled.connect(control.cancel)
        page.left.connect(control.show_welcome)
        page.doctor_wanted.connect(control.show_missing)
        page.virtual_wanted.connect(control.take_tour)
        page.ways_wanted.connect(control.show_ways)
        page.device_chosen.connect(self._commission_found)
        page.finish_wanted.connect(self._finish)
        page.dismissal_wanted.connect(self._dismiss)
        sources.code_accepted.connect(control.commission)
        sources.token_accepted.connect(control.take_over)
        sources.voucher_wanted.connect(
            lambda what: control.records_wanted.emit(lambda pages: pages.open_voucher(what))
        )
        sources.secret_shown.connect(control.commission_shown)
        sources.tag_accepted.connect(control.commission_tagged)
        sources.tag_network_given.connect(control.suggest_tag_network)
        sources.network_given.connect(control.suggest_network)
        sources.mesh_given.connect(control.suggest_mesh)
        control.scan_cleared.connect(sources.clear)
        control.code_kept.connect(sources.keep)
        control.changed.connect(self._time_search)

    def show(self, flow: Flow) -> None:
        self.page.show_notice(scan.cancelled(flow))
        if self._warm:
            self.control.send(ListUnfinished())

    def take(self, event: object) -> None:
        """What earlier runs left half done comes first, once the engine has time to look."""
        if isinstance(event, Unfinished):
            self._warm, self._unfinished = True, event.runs
            self.page.show_unfinished(scan.unfinished(event.runs))
        else:
            self._warm = True
            self.control.send(ListUnfinished())

    def refresh(self, flow: Flow) -> None:
        super().refresh(flow)
        self.page.show_nearby(
            [devices.nearby(found, flow.guides_nearby.get(found.address)) for found in flow.nearby],
            problem=scan.radio_problem(flow),
        )
        self.page.set_cancellable(flow.searching)
        self.page.set_leavable(self.control.has_first_page and not flow.running)
        if flow.searching:
            self._sources.show_searching(scan.searched(flow), is_shown=flow.shown is not None)
            self.page.show_makers(makers(flow.guides))
        else:
            self.page.show_makers(())
            self.page.show_read(None)

    def begin(self) -> None:
        """The page comes to the front: look around, with the keyboard in the field."""
        self.control.open_scan()
        self.page.focus_field()

    def focus(self) -> None:
        self.page.focus_field()

    def close_down(self) -> None:
        """The camera goes off, and nothing runs on."""
        self._long_search.stop()
        self._sources.leave()
        self._sources.reader.wait()

    def _commission_found(self, key: object) -> None:
        found = questions.among(self.control.flow.nearby, key)
        if found is not None:
            self.control.commission_found(found)

    def _finish(self) -> None:
        """Go on with the newest run that is left. Its device takes up what it was given, if it is near."""
        for run in self._unfinished[:1]:
            found = scan.device_of(run, self.control.flow.nearby)
            if found is not None:
                self.control.commission_found(found)
            else:
                self.page.show_notice(scan.out_of_range(run))

    def _dismiss(self) -> None:
        """The newest run that is left is not told of again; the one before it is."""
        for run in self._unfinished[:1]:
            self.control.send(DismissRun(run.run))

    def _time_search(self) -> None:
        flow = self.control.flow
        searching = flow.searching and flow.page is Page.SCAN
        if searching and not self._long_search.isActive():
            self._long_search.start()
        elif not searching:
            self._long_search.stop()
