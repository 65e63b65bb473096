package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Timestamps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods as real processes in real control groups.
@Timeout(60)
final class RunnerIT {
  private static Cluster cluster;

  @BeforeAll
  static void startCluster(@TempDir Path directory) throws Exception {
    cluster = Cluster.start(RunnerConfig.in(directory));
    assumeTrue(cluster.runner().hasGroups(), () -> String.join("\n", cluster.runner().missing()));
  }

  @AfterAll
  static void closeCluster() {
    cluster.close();
    assertThat(ControlGroups.ofThisProcess()).isEmpty();
  }

  @Test
  void aPodThatEndsWithZeroHasSucceeded() throws Exception {
    cluster.createPod("good", container("main", "sh, -c, 'echo hello; echo world >&2'"));

    ObjectNode pod = cluster.awaitEnd("good");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Succeeded");
    JsonNode terminated = terminated(pod, "main");
    assertThat(terminated.path("exitCode").asInt()).isZero();
    assertThat(Json.text(terminated, "reason")).isEqualTo("Completed");
    assertThat(Json.text(terminated, "containerID")).matches("containerd://[0-9a-f]{64}");
    assertThat(Timestamps.read(terminated.path("startedAt"))).isPresent();
    assertThat(Timestamps.read(terminated.path("finishedAt"))).isPresent();
    assertThat(cluster.log("good", "main")).isEqualTo("hello\nworld\n");
  }

  @Test
  void theExitCodeOfAFailureIsKept() throws Exception {
    cluster.createPod("bad", container("main", "sh, -c, 'exit 3'"));

    ObjectNode pod = cluster.awaitEnd("bad");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Failed");
    assertThat(ending(pod, "main")).isEqualTo("Error 3");
  }

  @Test
  void aSignalThatKillsIs128MoreThanItsNumber() throws Exception {
    cluster.createPod("segv", container("main", "sh, -c, 'kill -SEGV $$$$'"));

    ObjectNode pod = cluster.awaitEnd("segv");

    assertThat(ending(pod, "main")).isEqualTo("Error 139");
  }

  @Test
  void whoNeedsMoreMemoryThanItsLimitIsKilled() throws Exception {
    assumeMemoryController();
    cluster.createPod(
        "oom",
        """
        containers:
        - name: main
          image: busybox
          command: [dd, if=/dev/zero, of=/dev/null, bs=128M, count=1]
          resources: {limits: {memory: 32Mi}}
        """);

    ObjectNode pod = cluster.awaitEnd("oom");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Failed");
    assertThat(ending(pod, "main")).isEqualTo("OOMKilled 137");
  }

  @Test
  void aChildThatIsKilledForItsMemoryDoesNotFailItsParent() throws Exception {
    assumeMemoryController();
    cluster.createPod(
        "oom-child",
        """
        containers:
        - name: main
          image: busybox
          command: [sh, -c, "dd if=/dev/zero of=/dev/null bs=128M count=1; echo $?; exit 0"]
          resources: {limits: {memory: 32Mi}}
        """);

    ObjectNode pod = cluster.awaitEnd("oom-child");

    assertThat(ending(pod, "main")).isEqualTo("Completed 0");
    assertThat(cluster.log("oom-child", "main")).endsWith("137\n");
  }

  @Test
  void aCommandThatIsNotThereIsAStartError() throws Exception {
    cluster.createPod("typo", container("main", "pyhton3, train.py"));

    ObjectNode pod = cluster.awaitEnd("typo");

    assertThat(ending(pod, "main")).isEqualTo("StartError 128");
    assertThat(Json.text(terminated(pod, "main"), "message"))
        .contains("exec: \"pyhton3\": executable file not found in $PATH");
    assertThat(Json.text(terminated(pod, "main"), "startedAt")).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void aContainerWithoutACommandSaysSo() throws Exception {
    cluster.createPod("none", "containers: [{name: main, image: busybox}]");

    ObjectNode pod = cluster.awaitEnd("none");

    assertThat(ending(pod, "main")).isEqualTo("StartError 128");
    assertThat(Json.text(terminated(pod, "main"), "message")).contains("no command specified");
  }

  @Test
  void argumentsAloneAreACommand() throws Exception {
    cluster.createPod("args", "containers: [{name: main, image: busybox, args: [echo, hello]}]");

    cluster.awaitEnd("args");

    assertThat(cluster.log("args", "main")).isEqualTo("hello\n");
  }

  @Test
  void whoMissesItsDeadlineIsToldToEnd() throws Exception {
    cluster.createPod("late", "activeDeadlineSeconds: 1\n" + container("main", "sleep, '600'"));

    ObjectNode pod = cluster.awaitEnd("late");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Failed");
    assertThat(Json.text(pod, "status", "reason")).isEqualTo("DeadlineExceeded");
    assertThat(ending(pod, "main")).isEqualTo("Error 143");
  }

  @Test
  void whoDoesNotEndWhenToldIsKilledAfterTheGracePeriod() throws Exception {
    cluster.createPod(
        "deaf",
        "activeDeadlineSeconds: 1\nterminationGracePeriodSeconds: 1\n"
            + container("main", "sh, -c, 'trap : TERM; while :; do sleep 0.1; done'"));

    ObjectNode pod = cluster.awaitEnd("deaf");

    assertThat(Json.text(pod, "status", "reason")).isEqualTo("DeadlineExceeded");
    assertThat(ending(pod, "main")).isEqualTo("Error 137");
  }

  @Test
  void initContainersRunOneAfterAnotherBeforeTheOthers() throws Exception {
    cluster.createPod(
        "init",
        """
        initContainers:
        - {name: one, image: busybox, command: [sh, -c, "sleep 0.2; echo one >> $HOME/order"]}
        - {name: two, image: busybox, command: [sh, -c, "echo two >> $HOME/order"]}
        containers:
        - {name: main, image: busybox, command: [sh, -c, "cat $HOME/order"]}
        """);

    ObjectNode pod = cluster.awaitEnd("init");

    assertThat(cluster.log("init", "main")).isEqualTo("one\ntwo\n");
    assertThat(ending(pod, "one")).isEqualTo("Completed 0");
    assertThat(condition(pod, "Initialized")).isEqualTo("True PodCompleted");
  }

  @Test
  void anInitContainerThatFailsKeepsTheOthersFromStarting() throws Exception {
    cluster.createPod(
        "init-fails",
        """
        initContainers: [{name: prepare, image: busybox, command: [sh, -c, "exit 4"]}]
        containers: [{name: main, image: busybox, command: [sleep, "600"]}]
        """);

    ObjectNode pod = cluster.awaitEnd("init-fails");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Failed");
    assertThat(ending(pod, "prepare")).isEqualTo("Error 4");
    assertThat(Json.text(status(pod, "main"), "state", "waiting", "reason"))
        .isEqualTo("PodInitializing");
    assertThat(condition(pod, "Initialized")).isEqualTo("False ContainersNotInitialized");
  }

  @Test
  void regularContainersRunTogether() throws Exception {
    cluster.createPod(
        "both",
        """
        containers:
        - name: one
          image: busybox
          command: [sh, -c, "touch $HOME/one; until test -e $HOME/two; do sleep 0.01; done"]
        - name: two
          image: busybox
          command: [sh, -c, "touch $HOME/two; until test -e $HOME/one; do sleep 0.01; done; exit 2"]
        """);

    ObjectNode pod = cluster.awaitEnd("both");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Failed");
    assertThat(ending(pod, "one")).isEqualTo("Completed 0");
    assertThat(ending(pod, "two")).isEqualTo("Error 2");
  }

  @Test
  void sidecarsEndAfterTheOthersInReverseOrder() throws Exception {
    String sidecar =
        "{name: %1$s, image: busybox, restartPolicy: Always, command: [sh, -c, \"trap 'echo %1$s >>"
            + " $HOME/order; exit 0' TERM; while :; do sleep 0.02; done\"]}";
    cluster.createPod(
        "sidecars",
        "initContainers: [%s, %s]\n"
                .formatted(sidecar.formatted("first"), sidecar.formatted("second"))
            + container("main", "sh, -c, 'sleep 0.3; echo main >> $HOME/order; pwd'"));

    ObjectNode pod = cluster.awaitEnd("sidecars");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Succeeded");
    Path home = Path.of(cluster.log("sidecars", "main").strip());
    assertThat(home.resolve("order")).hasContent("main\nsecond\nfirst\n");
    assertThat(ending(pod, "first")).isEqualTo("Completed 0");
  }

  @Test
  void aContainerThatSaysWhenItHasStartedIsWaitedFor() throws Exception {
    cluster.createPod(
        "monitored",
        """
        initContainers:
        - name: zzzzmonitor
          image: podmon
          restartPolicy: Always
          command:
          - sh
          - -c
          - "echo early; sleep 0.3; touch $HOME/ready; echo 'podmon: watching'; exec sleep 600"
        containers:
        - {name: main, image: busybox, command: [sh, -c, "test -e $HOME/ready"]}
        """);

    ObjectNode pod = cluster.awaitEnd("monitored");

    assertThat(ending(pod, "main")).isEqualTo("Completed 0");
  }

  @Test
  void deletingAPodLetsItEndInPeace() throws Exception {
    cluster.createPod(
        "leaving",
        container(
            "main",
            "sh, -c, 'trap \"echo bye > $TMPDIR/../../../bye; exit 0\" TERM; echo up;"
                + " while :; do sleep 0.02; done'"));
    cluster.awaitPod("leaving", RunnerIT::isReady);
    Path log = cluster.runner().logOf("default", "leaving", "main").orElseThrow();
    Path bye = log.resolveSibling("../../../bye").normalize();

    cluster.deletePod("leaving", 10);
    cluster.awaitGone("leaving");

    assertThat(bye).hasContent("bye");
  }

  @Test
  void aPodThatIsDeletedAtOnceIsKilled() throws Exception {
    cluster.createPod(
        "doomed", container("main", "sh, -c, 'trap : TERM; echo $$$$; while :; do sleep 9; done'"));
    cluster.awaitPod("doomed", RunnerIT::isReady);
    ProcessHandle process = cluster.process("doomed", "main");

    cluster.deletePod("doomed", 0);

    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void whatAContainerLeavesRunningEndsWithIt() throws Exception {
    cluster.createPod("parent", container("main", "sh, -c, 'setsid sleep 600 & echo $!'"));

    cluster.awaitEnd("parent");

    long child = Long.parseLong(cluster.log("parent", "main").strip());
    // One that has ended and that nobody has asked about is listed, but has no program any more.
    assertThat(ProcessHandle.of(child).flatMap(process -> process.info().command())).isEmpty();
  }

  @Test
  void aContainerThatFailsIsStartedAgainWhereThePolicySaysSo() throws Exception {
    cluster.create(
        Cluster.PODS,
        """
        metadata: {name: again}
        spec:
          restartPolicy: OnFailure
          containers:
          - name: main
            image: busybox
            command: [sh, -c, "test -e $HOME/tried && exit 0; touch $HOME/tried; exit 5"]
        """);

    ObjectNode pod = cluster.awaitEnd("again");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Succeeded");
    assertThat(status(pod, "main").path("restartCount").asInt()).isEqualTo(1);
    assertThat(Json.at(status(pod, "main"), "lastState", "terminated", "exitCode").asInt())
        .isEqualTo(5);
  }

  @Test
  void theLastWordsOfAContainerAreInItsStatus() throws Exception {
    cluster.createPod(
        "words", container("main", "sh, -c, 'echo no disk > $TERMINATION_MESSAGE_PATH; exit 1'"));

    ObjectNode pod = cluster.awaitEnd("words");

    assertThat(Json.text(terminated(pod, "main"), "message")).isEqualTo("no disk\n");
  }

  @Test
  void theEndOfTheLogMayBeTheLastWords() throws Exception {
    cluster.createPod(
        "log-words",
        """
        containers:
        - name: main
          image: busybox
          command: [sh, -c, "echo no disk >&2; exit 1"]
          terminationMessagePolicy: FallbackToLogsOnError
        """);

    ObjectNode pod = cluster.awaitEnd("log-words");

    assertThat(Json.text(terminated(pod, "main"), "message")).isEqualTo("no disk\n");
  }

  @Test
  void theEnvironmentIsThePodsAndNothingOfOurs() throws Exception {
    cluster.create(
        Cluster.PODS,
        """
        metadata: {name: env, labels: {app: shop}}
        spec:
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [env]
            env:
            - {name: FIRST, value: one}
            - {name: SECOND, value: "$(FIRST) $(NONE) $$(FIRST)"}
            - {name: spring.profile, value: test}
            - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
            - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
            - {name: LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
            resources: {limits: {memory: 64Mi}}
        """);

    cluster.awaitEnd("env");

    List<String> lines = cluster.log("env", "main").lines().toList();
    assertThat(lines)
        .contains(
            "FIRST=one",
            "SECOND=one $(NONE) $(FIRST)",
            "spring.profile=test",
            "POD=env",
            "APP=shop",
            "NODE=sandbox",
            "LIMIT=64",
            "HOSTNAME=env");
    assertThat(lines.stream().map(line -> line.substring(0, line.indexOf('='))))
        .doesNotContain("PWD", "OLDPWD", "SHLVL", "JAVA_HOME", "USER")
        .contains("PATH", "HOME", "TMPDIR", "TERMINATION_MESSAGE_PATH");
  }

  @Test
  void aContainerThatNeedsAConfigMapWaits() throws Exception {
    cluster.createPod(
        "unconfigured",
        """
        containers:
        - name: main
          image: busybox
          command: [env]
          env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}]
        """);

    ObjectNode pod =
        cluster.awaitPod(
            "unconfigured",
            each ->
                !condition(each, "Ready").isEmpty()
                    && Json.text(status(each, "main"), "state", "waiting", "reason")
                        .equals("CreateContainerConfigError"));

    assertThat(Json.text(status(pod, "main"), "state", "waiting", "message"))
        .isEqualTo("configmap \"settings\" not found");
    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Pending");
  }

  @Test
  void aContainersGroupIsWhereAKubeletPutsIt() throws Exception {
    cluster.createPod("where", container("main", "cat, /proc/self/cgroup"));

    ObjectNode pod = cluster.awaitEnd("where");

    String id = Json.text(status(pod, "main"), "containerID").substring("containerd://".length());
    String uid = Json.text(pod, "metadata", "uid");
    assertThat(cluster.log("where", "main"))
        .contains("/kubepods/besteffort/pod%s/%s\n".formatted(uid, id));
  }

  @Test
  void aContainersGroupHoldsNextToNothingBeforeItsProgramStarts() throws Exception {
    cluster.createPod(
        "fresh",
        container(
            "main",
            "sh, -c, 'cat /sys/fs/cgroup/cpuacct$(sed -n s/.*:cpuacct://p"
                + " /proc/self/cgroup)/cpuacct.usage || echo 0'"));

    cluster.awaitEnd("fresh");

    String nanos = cluster.log("fresh", "main").lines().toList().getLast();
    assertThat(Long.parseLong(nanos)).isLessThan(10_000_000);
  }

  @Test
  void whatAnEndedPodSaysIsWhatAKubeletSays() throws Exception {
    cluster.createPod("typical", container("main", "'true'"));

    ObjectNode pod = cluster.awaitEnd("typical");

    assertThat(condition(pod, "PodScheduled")).isEqualTo("True ");
    assertThat(condition(pod, "Initialized")).isEqualTo("True PodCompleted");
    assertThat(condition(pod, "Ready")).isEqualTo("False PodCompleted");
    assertThat(condition(pod, "ContainersReady")).isEqualTo("False PodCompleted");
    assertThat(condition(pod, "PodReadyToStartContainers")).isEqualTo("False ");
    assertThat(Json.text(pod, "status", "qosClass")).isEqualTo("BestEffort");
    assertThat(Json.text(pod, "spec", "nodeName")).isEqualTo("sandbox");
    assertThat(Json.text(status(pod, "main"), "image")).isEqualTo("busybox");
    assertThat(status(pod, "main").path("started").asBoolean()).isFalse();
  }

  private void assumeMemoryController() {
    List<String> missing = cluster.runner().missing();
    assumeTrue(missing.stream().noneMatch(line -> line.contains("emory")), missing::toString);
  }

  private static boolean isReady(JsonNode pod) {
    return condition(pod, "Ready").startsWith("True");
  }

  private static String ending(JsonNode pod, String container) {
    JsonNode terminated = terminated(pod, container);
    return Json.text(terminated, "reason") + " " + terminated.path("exitCode").asInt();
  }

  private static String condition(JsonNode pod, String type) {
    return Json.at(pod, "status", "conditions")
        .valueStream()
        .filter(each -> Json.text(each, "type").equals(type))
        .map(each -> Json.text(each, "status") + " " + Json.text(each, "reason"))
        .findFirst()
        .orElse("");
  }

  private static String container(String name, String command) {
    return "containers: [{name: %s, image: busybox, command: [%s]}]".formatted(name, command);
  }

  private static JsonNode status(JsonNode pod, String container) {
    return Stream.of("initContainerStatuses", "containerStatuses")
        .flatMap(list -> Json.at(pod, "status", list).valueStream())
        .filter(each -> Json.text(each, "name").equals(container))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode terminated(JsonNode pod, String container) {
    return Json.at(status(pod, container), "state", "terminated");
  }
}
