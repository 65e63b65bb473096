package io.multijob.servo.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StableOwnerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Job         | nightly-29393400       |                                                  | CronJob/nightly
          Job         | nightly-1763604000     |                                                  | CronJob/nightly
          Job         | a-b-29393400           |                                                  | CronJob/a-b
          Job         | nightly                |                                                  | Job/nightly
          Job         | order-12345678         |                                                  | Job/order-12345678
          Job         | order-2939340          |                                                  | Job/order-2939340
          Job         | order-0000000001       |                                                  | Job/order-0000000001
          Job         | 29393400               |                                                  | Job/29393400
          Job         | build-x7k2p            |                                                  | Job/build-x7k2p
          Workflow    | etl-x7k2p              |                                                  | Workflow/etl
          Workflow    | etl-daily              |                                                  | Workflow/etl-daily
          Workflow    | etl-x7k2p              | workflows.argoproj.io/workflow-template=etl-v2   | WorkflowTemplate/etl-v2
          Workflow    | etl-x7k2p              | workflows.argoproj.io/cron-workflow=etl-cron     | CronWorkflow/etl-cron
          TaskRun     | build-x7k2p            | tekton.dev/pipeline=ci,tekton.dev/pipelineTask=compile | Pipeline/ci.compile
          TaskRun     | build-x7k2p            | tekton.dev/task=lint                             | Task/lint
          Job         | set-workers-0          | jobset.sigs.k8s.io/jobset-name=train             | JobSet/train
          ''          | ''                     | dag_id=daily,task_id=load                        | DAG/daily.load
          ''          | ''                     | nextflow.io/processName=align                    | Process/align
          ReplicaSet  | web-abc                |                                                  | ReplicaSet/web-abc
          ''          | ''                     | app=x                                            | ''
          """)
  void knowsWhatMadeAPod(String kind, String name, String labels, String owner) {
    assertThat(StableOwner.of(new Owner(kind, name), parse(labels)).toString()).isEqualTo(owner);
  }

  private static Map<String, String> parse(String labels) {
    Map<String, String> parsed = new HashMap<>();
    if (labels != null) {
      for (String label : labels.split(",", -1)) {
        int equals = label.indexOf('=');
        parsed.put(label.substring(0, equals), label.substring(equals + 1));
      }
    }
    return parsed;
  }
}
