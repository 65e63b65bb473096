package io.multijob.servo.injection;

/// What became of podmon in a pod.
public sealed interface Injected {

  /// It has been put in.
  record Done() implements Injected {}

  /// The pod has a container of that name: by its author, by a policy, or by an earlier pass.
  record Already() implements Injected {}

  /// The pod stays without.
  record Left(Reason reason) implements Injected {}

  /// Why a pod is left without podmon.
  enum Reason {
    NO_IMAGE(Concern.NOBODY, "no image is configured"),
    WINDOWS(Concern.NOBODY, "the pod is for a Windows node"),
    RESTRAINED(Concern.PERSON, "podmon was stopped here because it kept pods from starting"),
    HOST_PATH_FORBIDDEN(
        Concern.PERSON, "the namespace's Pod Security level forbids the host path that it needs"),
    SLEEPER_WITHOUT_NATIVE_SIDECARS(
        Concern.PERSON,
        "the image only sleeps and the cluster has no native sidecars: it would"
            + " keep the pod for ever"),
    USER_NAMESPACE(
        Concern.PERSON,
        "the pod has a user namespace (hostUsers: false), in which the node's"
            + " cgroups cannot be mounted"),
    NAME_TAKEN(Concern.PERSON, "the pod has another volume of the name zzzzmonitor-cgroup"),
    LIMIT_RANGE(Concern.PERSON, "a LimitRange of the namespace leaves too little for it");

    private final Concern concern;
    private final String text;

    Reason(Concern concern, String text) {
      this.concern = concern;
      this.text = text;
    }

    /// True where somebody may want to change something.
    public boolean concernsAPerson() {
      return concern == Concern.PERSON;
    }

    /// For a person: why, in words.
    public String text() {
      return text;
    }

    private enum Concern {
      NOBODY,
      PERSON
    }
  }
}
