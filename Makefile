# The front door. `make help` lists what can be asked; everything that is needed is found or installed.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
MVN := ./mvnw -B

.PHONY: help demo test e2e e2e-v2 e2e-install chaos bench build images format clean tools

help: ## Lists the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  \033[1mmake %-11s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Sets up what is missing and shows real one-time pods measured, reported, stored (ends with Ctrl-C)
	@./servo sandbox

test: tools ## Sets up what is missing, checks format and style, builds, and runs every test
	@scripts/test

e2e: ## Runs the tests on a real cluster: that of KUBECONFIG, or one that it compiles (once) and starts
	@scripts/e2e

e2e-v2: ## The same, and on a node with cgroup v2: an emulated machine
	@scripts/e2e --v2

e2e-install: ## Installs the images in a cluster as README.md says, sees it work, and takes it away again
	@scripts/e2e-install

chaos: ## Kills, cuts off and misleads the servo under load for two minutes: nothing may be lost or counted twice
	@scripts/chaos

bench: ## Measures everything that has a goal, each figure beside another; results in bench/results
	@scripts/bench

build: ## Builds the distribution under modules/cli/target/servo, without tests
	@$(MVN) -q -DskipTests package
	@JAVA_HOME=$$(scripts/jdk) modules/cli/target/servo/bin/servo cache
	@touch modules/cli/target/servo/complete
	@echo "built modules/cli/target/servo; run it by ./servo"

images: ## Makes the container images servo, podmon and noterm, without a container engine; OCI archives in target/images
	@scripts/images

format: ## Formats sources and poms as the build wants them
	@$(MVN) -q spotless:apply sortpom:sort

clean: ## Removes what was built
	@$(MVN) -q clean

tools: ## Installs what tests and images use (a browser, gcc), where root and apt-get are at hand
	@scripts/tools
