/// The collector that runs beside a one-time pod and tells what it has used.
///
/// [io.multijob.podmon.Podmon] finds the pod's control group, takes what is used up by then as the
/// beginning, and sleeps until the kernel tells of a container coming, ending or going. At each end
/// it reads the container's figures before its group goes, and the pod's; it takes its own share
/// out and writes the report (PROTOCOL.md 2) as its termination message. It exits 0, whatever
/// happens.
///
/// When the pod is over is decided in [io.multijob.podmon.Ending], what counts in
/// [io.multijob.podmon.Ledger]; both are pure. `max_usage` is the most that the containers can have
/// held at one time, without podmon: exact where one ran at a time.
///
/// | environment | meaning |
/// |---|---|
/// | `OPTUNE_SELF_ID` or `POD_UID` | the pod's uid |
/// | `OPTUNE_CGROUP_PATH` | where the pod's group may lie; a hint |
/// | `OPTUNE_CONTAINERS` | set where podmon is a regular container: how many others there are |
/// | `REPORT_TARGET` | `host` or `host:port` to post the report to as well |
/// | `CGROUP_ROOT` | default `/host/cgroup` if it is there, else `/sys/fs/cgroup` |
/// | `TERMINATION_MESSAGE_PATH` | default `/dev/termination-log` |
///
/// Its first line of output begins with `podmon: watching` and comes when the watches stand.
///
/// **JVM flags.** `-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx16m`, and an AOT cache made by one
/// run with `-XX:AOTCacheOutput=FILE` in any pod (it cannot be combined with `-Xshare`). JDK 25,
/// two cores that had other work too, means of three runs in two batches, each to be compared only
/// within itself: CPU time up to 0.1 s after the first line, peak of podmon's own group at its end.
///
/// | batch | flags | CPU time | memory |
/// |---|---|---|---|
/// | 1 | `-Xmx16m` alone | 263 ms | 33 MB |
/// | 1 | with the serial collector and C1 only | 233 ms | 31 MB |
/// | 2 | the same | 203 ms | 31 MB |
/// | 2 | and `-XX:AOTCache=FILE` | 120 ms | 25 MB |
/// | 2 | and compact object headers, with the cache made without them | 250 ms | 29 MB |
///
/// After that, on a hybrid: no tick of CPU time in 16 s beside a sleeping workload. On v1 alone the
/// end of a container has to be looked for every 10 ms while one runs: 1.7 % of a core, one run of
/// 16 s. Not measured on v2.
///
/// **On a busy machine** times are as late as podmon is woken. On v1 alone with a load of 4 to 5 on
/// two cores, 150 runs: the start within 5 ms of the group's making in 147 (at worst 34 ms late),
/// the end within 5 ms in 137 (at worst 57 ms early, between two looks that were far apart).
///
/// Knows the JDK and `cgroup`, no JSON library, no logging, no HTTP client: it is a guest in other
/// people's pods.
@NullMarked
package io.multijob.podmon;

import org.jspecify.annotations.NullMarked;
