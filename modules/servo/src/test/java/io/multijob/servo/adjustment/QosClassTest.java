package io.multijob.servo.adjustment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QosClassTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main                                                                               | BestEffort
          main limits.cpu=0 requests.memory=0                                                | BestEffort
          main limits.nvidia.com/gpu=1 requests.nvidia.com/gpu=1                             | BestEffort
          main requests.cpu=1m                                                               | Burstable
          main limits.cpu=1                                                                  | Burstable
          main limits.cpu=1 requests.cpu=1                                                   | Burstable
          main limits.cpu=1 limits.memory=1Gi                                                | Guaranteed
          main limits.cpu=1 limits.memory=1Gi requests.cpu=1000m                             | Guaranteed
          main limits.cpu=1 limits.memory=1Gi requests.cpu=1000m requests.memory=1073741824  | Guaranteed
          main limits.cpu=1 limits.memory=1Gi requests.cpu=999m                              | Burstable
          main limits.cpu=1 limits.memory=1Gi requests.cpu=0                                 | Burstable
          main limits.cpu=1 limits.memory=1Gi, side                                          | Burstable
          main limits.cpu=1 limits.memory=1Gi, side limits.cpu=1 limits.memory=1Mi           | Guaranteed
          main limits.cpu=1 limits.memory=1Gi, side limits.cpu=1                             | Burstable
          main limits.cpu=1 limits.memory=1Gi, init/setup                                    | Burstable
          main limits.cpu=1 limits.memory=1Gi, init/setup limits.cpu=2 limits.memory=1Mi     | Guaranteed
          main limits.cpu=1 limits.memory=1Gi, sidecar/zzzzmonitor                           | Burstable
          main, sidecar/proxy requests.memory=1Mi                                            | Burstable
          main, init/setup limits.cpu=0                                                      | BestEffort
          main, pod limits.cpu=1 limits.memory=1Gi                                           | Guaranteed
          main requests.cpu=500m, pod limits.cpu=1 limits.memory=1Gi                         | Burstable
          main, pod limits.cpu=1 limits.memory=1Gi requests.cpu=1                            | Guaranteed
          main, pod limits.cpu=1                                                             | Burstable
          main, pod limits.cpu=0                                                             | BestEffort
          """)
  void itIsTheOneThatTheKubeletFinds(String pod, String expected) {
    assertThat(QosClass.of(PodText.pod(pod).path("spec"))).hasToString(expected);
    assertThat(PodResources.of(PodText.pod(pod)).qosClass()).hasToString(expected);
  }
}
