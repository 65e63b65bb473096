package io.multijob.servo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.pod.AppId;
import io.multijob.servo.pod.AppIdPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Each path leads to the same by the expression as by [AppIdPath] itself, which is the measure.
final class AppIdExpressionTest {
  private static final String POD =
      """
      {"metadata": {
        "labels": {"app/name": "by-label", "0": "zero", "a~b": "tilde", "it's \\\\": "quoted", "empty": ""},
        "annotations": {"note": "by-note"}},
       "spec": {
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": 30,
        "hostNetwork": true,
        "containers": [
          {"name": "main", "image": "one", "args": ["first", "second"], "env": [
            {"name": "JOBID", "value": "nightly"},
            {"name": "EMPTY", "value": ""},
            {"name": "NONE"},
            {"name": "FIELD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
            {"name": "TWICE"}, {"name": "TWICE", "value": "second"},
            {"name": "QUOTE", "value": "it's \\"so\\""}]},
          {"name": "side", "image": "two"}],
        "tolerations": [{"key": "k", "operator": "Exists"}]}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          spec/containers/0/env/[JOBID]                          ; nightly
          /spec//containers/0/env/[JOBID]/                       ; nightly
          spec/containers/[main]/env/[JOBID]                     ;
          spec/containers/[main,name,image]                      ; one
          spec/containers/[side,name,env]/[JOBID]                ;
          spec/containers/[main,name,env]/[JOBID]                ; nightly
          spec/containers/[main,name,env]/0/value                ; nightly
          spec/containers/0/env/[EMPTY]                          ;
          spec/containers/0/env/[NONE]                           ;
          spec/containers/0/env/[FIELD]                          ;
          spec/containers/0/env/[FIELD,name,valueFrom]/fieldRef/fieldPath ; metadata.name
          spec/containers/0/env/[TWICE]                          ;
          spec/containers/0/env/[QUOTE]                          ; it's "so"
          spec/containers/0/args/1                               ; second
          spec/containers/0/args/2                               ;
          spec/containers/0/args/01                              ;
          spec/containers/7/env/[JOBID]                          ;
          spec/containers/main                                   ;
          spec/containers                                        ;
          spec/containers/999999999999/name                      ;
          spec/restartPolicy/x                                   ;
          spec/restartPolicy/0                                   ;
          spec/restartPolicy/[x]                                 ;
          spec/terminationGracePeriodSeconds                     ;
          spec/hostNetwork                                       ;
          spec/[x]                                               ;
          spec/tolerations/[k,key,operator]                      ; Exists
          nowhere/at/all                                         ;
          metadata/labels/app~1name                              ; by-label
          metadata/labels/a~0b                                   ; tilde
          metadata/labels/0                                      ; zero
          metadata/labels/it's \\                                ; quoted
          metadata/labels/empty                                  ;
          metadata/labels/empty|metadata/annotations/note        ; by-note
          spec/containers/0/env/[X]|metadata/labels/app~1name    ; by-label
          metadata/labels/app~1name|spec/containers/0/env/[JOBID]; by-label
          spec/restartPolicy/x|spec/containers/0/env/[JOBID]     ; nightly
          @owner                                                 ;
          @owner|spec/containers/0/env/[JOBID]                   ; nightly
          """)
  void leadsWhereThePathLeads(String path, @Nullable String appId) {
    holdsFor(path, JsonMapper.shared().readTree(POD), appId == null ? "" : appId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          [{'kind': 'Job', 'name': 'once', 'controller': true}]                        ; once
          [{'kind': 'Job', 'name': 'nightly-29000000', 'controller': true}]            ; nightly
          [{'kind': 'Job', 'name': 'a-b-29000000', 'controller': true}]                ; a-b
          [{'kind': 'Job', 'name': 'nightly-1740000000', 'controller': true}]          ; nightly
          [{'kind': 'Job', 'name': 'build-12345678', 'controller': true}]              ; build-12345678
          [{'kind': 'Job', 'name': 'build-23999999', 'controller': true}]              ; build-23999999
          [{'kind': 'Job', 'name': 'build-24000000', 'controller': true}]              ; build
          [{'kind': 'Job', 'name': 'build-70000000', 'controller': true}]              ; build
          [{'kind': 'Job', 'name': 'build-70000001', 'controller': true}]              ; build-70000001
          [{'kind': 'Job', 'name': 'build-0024000000', 'controller': true}]            ; build-0024000000
          [{'kind': 'Job', 'name': 'build-4200000059', 'controller': true}]            ; build
          [{'kind': 'Job', 'name': 'build-4200000060', 'controller': true}]            ; build-4200000060
          [{'kind': 'Job', 'name': 'build-123456789', 'controller': true}]             ; build-123456789
          [{'kind': 'Job', 'name': '-29000000', 'controller': true}]                   ; -29000000
          [{'kind': 'Workflow', 'name': 'etl-x7k2p', 'controller': true}]              ; etl
          [{'kind': 'Workflow', 'name': 'etl-aeiou', 'controller': true}]              ; etl-aeiou
          [{'kind': 'PipelineRun', 'name': 'ci-bcdfg', 'controller': true}]            ; ci
          [{'kind': 'ReplicaSet', 'name': 'web-bcdfg', 'controller': true}]            ; web-bcdfg
          [{'kind': 'A', 'name': 'first'}, {'kind': 'B', 'name': 'second'}]            ; first
          [{'kind': 'A', 'name': 'first'}, {'kind': 'B', 'name': 'second', 'controller': true}] ; second
          [{'kind': 'A', 'name': 'first', 'controller': false}]                        ; first
          []                                                                           ;
          """)
  void knowsTheStableNameOfAnOwner(String references, @Nullable String appId) {
    holdsFor(
        "@owner", pod("{'ownerReferences': %s}".formatted(references)), appId == null ? "" : appId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {'workflows.argoproj.io/cron-workflow': 'nightly'}                           ; nightly
          {'dag_id': 'etl', 'task_id': 'load'}                                         ; etl.load
          {'dag_id': 'etl', 'task_id': ''}                                             ; etl
          {'dag_id': '', 'task_id': 'load'}                                            ; once
          {'task_id': 'load'}                                                          ; once
          {'tekton.dev/pipeline': 'ci', 'tekton.dev/pipelineTask': 'test', 'tekton.dev/task': 'go'} ; ci.test
          {'tekton.dev/task': 'go', 'tekton.dev/pipelineTask': 'test'}                 ; go
          {'nextflow.io/processName': 'align', 'jobset.sigs.k8s.io/jobset-name': 'set'}; set
          {'other': 'x'}                                                               ; once
          """)
  void knowsTheLabelsOfWorkflows(String labels, String appId) {
    holdsFor(
        "@owner",
        pod(
            "{'labels': %s, 'ownerReferences': [{'kind': 'Job', 'name': 'once', 'controller': true}]}"
                .formatted(labels)),
        appId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          metadata/name                        ; metadata/name  ; name           ; the name of a pod that a controller makes is not known yet when a pod is admitted: it is generated later
          metadata/uid                         ; metadata/uid   ; uid            ; a pod's uid is not known yet when a pod is admitted
          status/phase                         ; status/phase   ; status         ; a pod's status is not known yet when a pod is admitted
          metadata/labels/app|spec/nodeName    ; spec/nodeName  ; nodeName       ; a pod's node is not known yet when a pod is admitted
          """)
  void saysWhichElementCannotBeFollowedAndWhy(
      String path, String alternative, String element, String why) {
    assertThatThrownBy(() -> AppIdExpression.of(AppIdPath.parse(path)))
        .isInstanceOf(InexpressiblePathException.class)
        .hasMessage("app-id path '%s', at '%s': %s".formatted(alternative, element, why));
  }

  @Test
  void aKeyIsNoExpression() {
    ObjectNode pod = JsonMapper.shared().createObjectNode();
    pod.putObject("metadata").putObject("labels").put("'] + [object", "caught");

    holdsFor("metadata/labels/'] + [object", pod, "caught");
  }

  private static void holdsFor(String path, JsonNode pod, String appId) {
    AppIdPath parsed = AppIdPath.parse(path);
    assertThat(parsed.evaluate(pod).map(AppId::value).orElse(""))
        .as("by the path")
        .isEqualTo(appId);

    Object ids = CelEvaluation.evaluate(AppIdExpression.of(parsed), pod);

    assertThat(ids).isInstanceOf(List.class);
    assertThat(((List<?>) ids).stream().findFirst().map(String::valueOf).orElse(""))
        .isEqualTo(appId);
  }

  private static JsonNode pod(String metadata) {
    return JsonMapper.shared()
        .readTree("{'metadata': %s, 'spec': {}}".formatted(metadata).replace('\'', '"'));
  }
}
