package dev.koda.it;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.List;

/** Members that an architecture rule is about, however they are reached: a call, a reference or a field. */
final class Member {
    private Member() {}

    /** Members with these names of a type or of a type below it, whatever their parameters. */
    static DescribedPredicate<JavaAccess<?>> of(Class<?> owner, String... names) {
        var sought = List.of(names);
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + String.join("|", names),
                access -> access.getTargetOwner().isAssignableTo(owner) && sought.contains(access.getName()));
    }
}
