/// Containers as processes: started in a control group of their own, logged, ended with all their
/// children. It knows nothing of pods' states and of the API.
@NullMarked
package io.multijob.sandbox.run.process;

import org.jspecify.annotations.NullMarked;
