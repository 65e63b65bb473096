/// Which of several replicas acts: the one that holds the Kubernetes Lease.
@NullMarked
package io.multijob.servo.lead;

import org.jspecify.annotations.NullMarked;
