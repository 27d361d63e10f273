using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Embedded;

/// <summary>Copies the numbered members of one object into another.</summary>
internal delegate void MemberCopy<T>(ref T from, ref T to, CopyContext context);

/// <summary>Compiles member copies, once per type.</summary>
internal static class MemberCopy
{
    public static readonly MethodInfo CopyMethod = typeof(DeepCopy).GetMethods()
        .Single(m => m.Name == nameof(DeepCopy.Copy) && m.GetParameters().Length == 2);

    public static MemberCopy<T> Compile<T>()
    {
        var byReference = typeof(T).MakeByRefType();
        var method = new DynamicMethod(
            $"Copy {typeof(T)}", null, [byReference, byReference, typeof(CopyContext)], typeof(MemberCopy).Module,
                true);
        var il = method.GetILGenerator();
        foreach (var member in WireMembers.Hierarchy(typeof(T)).SelectMany(WireMembers.DeclaredBy))
        {
            if (member.Id is not null)
                EmitCopy(il, typeof(T), member);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<MemberCopy<T>>();
    }

    /// <summary>Makes an empty object: by its parameterless constructor, else without any.</summary>
    public static Func<T> CompileMaker<T>()
    {
        if (typeof(T).GetConstructor(Type.EmptyTypes) is not { } constructor)
            return static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        var method = new DynamicMethod($"Make {typeof(T)}", typeof(T), null, typeof(MemberCopy).Module, true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<T>>();
    }

    private static void EmitCopy(ILGenerator il, Type type, WireMember member)
    {
        EmitLoadTarget(il, type, OpCodes.Ldarg_1);
        EmitLoadTarget(il, type, OpCodes.Ldarg_0);
        if (member.Field is not null)
            il.Emit(OpCodes.Ldfld, member.Field);
        else
            il.Emit(OpCodes.Call, Accessor(member.Property!.GetGetMethod(true), member));
        if (!member.IsShared)
        {
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Call, CopyMethod.MakeGenericMethod(member.Type));
        }

        if (member.Field is not null)
            il.Emit(OpCodes.Stfld, member.Field);
        else
            il.Emit(OpCodes.Call, Accessor(member.Property!.GetSetMethod(true), member));
    }

    private static MethodInfo Accessor(MethodInfo? accessor, WireMember member) =>
        accessor ?? throw new InvalidOperationException($"{member.Property} has an id but not both accessors.");

    private static void EmitLoadTarget(ILGenerator il, Type type, OpCode argument)
    {
        il.Emit(argument);
        if (!type.IsValueType)
            il.Emit(OpCodes.Ldind_Ref);
    }
}
