# Set-up is done once: the file target .venv/ready stands for it. Every other target needs it.
PYTHON ?= python3
BIN := .venv/bin

# Texts are translated in .ts files; Qt loads what lrelease makes of them.
TRANSLATIONS := $(patsubst %.ts,%.qm,$(wildcard ui/i18n/companion_*.ts))

.PHONY: setup demo run test check check-platforms offline bench fuzz bluez-vm screenshots movie docs dist packages try-packages clean

setup: .venv/ready

.venv/ready: pyproject.toml .ci/constraints.txt .ci/setup
	PYTHON=$(PYTHON) .ci/setup

.venv/ready-to-test: .venv/ready tests/interop/matterjs/node/package-lock.json
	.ci/setup tests

ui/i18n/%.qm: ui/i18n/%.ts | .venv/ready
	@$(BIN)/pyside6-lrelease -silent $< -qm $@

demo: .venv/ready $(TRANSLATIONS)
	@$(BIN)/python -m companion demo --window auto

run: .venv/ready $(TRANSLATIONS)
	@$(BIN)/python -m ui

test: .venv/ready-to-test $(TRANSLATIONS) check
	@$(BIN)/python .ci/run_tests.py

check: .venv/ready
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q . && $(BIN)/mypy

# The types of every branch for macOS and Windows, which no test runs here.
check-platforms: .venv/ready
	@$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin
	@$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32

# The suite's offline part, in a network namespace with nothing but loopback; OFFLINE names tests.
offline: .venv/ready-to-test $(TRANSLATIONS)
	@$(BIN)/python -m tests.offline $(OFFLINE)

bench: .venv/ready-to-test $(TRANSLATIONS)
	@$(BIN)/python -m tests.bench $(BENCH)

# Coverage-guided fuzzing of every parser that sees foreign bytes, FUZZ_SECONDS for each.
FUZZ_SECONDS ?= 60
fuzz: .venv/ready-to-test
	@$(BIN)/python -c "import atheris" 2>/dev/null || \
		$(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e '.[fuzz]'
	@$(BIN)/python -m tests.fuzz $(FUZZ_SECONDS)

# Builds the guest with the real BlueZ once; `make test` does so too where it can.
bluez-vm: .venv/ready-to-test
	@$(BIN)/python -m tests.bluez.image --again

screenshots: .venv/ready-to-test $(TRANSLATIONS)
	@$(BIN)/python -m tests.screenshots

# The README's moving picture: the demo in the app's own window.
movie: .venv/ready-to-test $(TRANSLATIONS)
	@$(BIN)/python -m tests.movie

# The documentation, as build/docs/index.html.
docs: .venv/ready
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs -q build --strict -f assets/docs/mkdocs.yml

# What builds and describes distributions and packages.
.venv/ready-to-release: .venv/ready
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e '.[release]'
	@touch $@

# Wheel and source distribution of the last commit's tag, built twice: the same commit makes the same bytes.
dist: .venv/ready-to-release
	@$(BIN)/python -m assets.packaging.distributions dist

# The Debian package and the AppImage of that wheel, on a Debian 12.
packages: dist
	@$(BIN)/python -m assets.packaging.debian.build dist/companion-*.whl dist
	@$(BIN)/python -m assets.packaging.appimage.build dist/companion-*.whl dist

# Wheel, Debian package and AppImage in a bare Debian 12, as people use them: minutes, and as root.
try-packages: .venv/ready-to-test
	@$(BIN)/python -m tests.packaging $(PACKAGES)

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .hypothesis htmlcov .coverage
