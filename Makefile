.PHONY: help up doctor verify long build test format clean

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'
up: ## the whole stack on this machine
	./koda up
doctor: ## what works and what does not
	./koda doctor
verify: ## every gate and every test
	./verify
long: ## every test, with many more rounds
	./verify --long
build: ## the distribution, without tests
	mvn -q -B -ntp -pl koda-cli -am package -DskipTests
test: ## unit tests only
	mvn -q -B -ntp test
format: ## the one code style
	mvn -q -B -ntp spotless:apply
clean: ## all that was built
	mvn -q -B -ntp clean
