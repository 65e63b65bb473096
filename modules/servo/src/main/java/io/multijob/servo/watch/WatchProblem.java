package io.multijob.servo.watch;

/// Why a list or a watch ended before it should.
///
/// @param message for a person; says nothing of our insides
public record WatchProblem(Kind kind, String message) {

  /// What to do about it differs.
  public enum Kind {
    /// 401: our credentials are not accepted.
    UNAUTHORIZED,
    /// 403: we lack the permission to list or watch pods.
    FORBIDDEN,
    /// 404: this server has no such resource.
    NOT_FOUND,
    /// 410: what we last knew is too old to go on from; heals by a new list.
    EXPIRED,
    /// No connection, or one that broke or fell silent.
    UNREACHABLE,
    /// 429, 502, 503, 504: not now.
    BUSY,
    /// Another answer than the one hoped for, such as 500.
    REFUSED,
    /// What came is not what a Kubernetes API server sends.
    GARBLED,
    /// We could not take what came: a defect of ours.
    INTERNAL;

    /// True when only a person can heal it.
    public boolean denied() {
      return this == UNAUTHORIZED || this == FORBIDDEN || this == NOT_FOUND;
    }
  }
}
