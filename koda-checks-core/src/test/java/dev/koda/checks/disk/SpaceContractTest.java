package dev.koda.checks.disk;

class SpaceContractTest extends DiskContract {
    SpaceContractTest() {
        super("disk.space");
    }
}
