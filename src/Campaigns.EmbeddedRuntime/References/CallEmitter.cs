using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Embedded;

/// <summary>
/// A generated call class. The argument of a cancellation token has no field: the call itself keeps it.
/// </summary>
internal sealed record CallClass(Type Type, ConstructorInfo Constructor, FieldInfo?[] Arguments, Type ResultType);

/// <summary>Generates the class of one method's calls: a field per argument, and the invocation.</summary>
internal static class CallEmitter
{
    private const MethodAttributes Overriding = MethodAttributes.Virtual | MethodAttributes.HideBySig;

    public static CallClass Emit(ModuleBuilder module, MethodInfo method, int id)
    {
        var (parent, resultType) = ParentOf(method.ReturnType);
        var type = module.DefineType(
            $"{method.DeclaringType!.Name}.{method.Name}Call{id}", TypeAttributes.Sealed, parent);
        var parameters = method.GetParameters();
        var fields = parameters.Select(p => p.ParameterType == typeof(CancellationToken)
            ? null
            : type.DefineField($"{p.Position}{p.Name}", p.ParameterType, FieldAttributes.Public)).ToArray();
        EmitConstructor(type, parent);
        EmitCall(type, parent, method, fields);
        if (parameters.Length > 0)
        {
            EmitArgumentCount(type, parameters.Length);
            EmitGetArgument(type, parameters, fields);
            EmitSetArgument(type, parameters, fields);
        }

        var made = type.CreateType();
        return new CallClass(
            made,
            made.GetConstructor([typeof(GrainMethod)])!,
            [.. fields.Select(f => f is null ? null : made.GetField(f.Name))],
            resultType);
    }

    private static (Type Parent, Type Result) ParentOf(Type returnType)
    {
        if (returnType == typeof(Task))
            return (typeof(TaskCall), typeof(NoResult));
        if (returnType == typeof(ValueTask))
            return (typeof(ValueTaskCall), typeof(NoResult));
        var result = returnType.GetGenericArguments()[0];
        var open = returnType.IsValueType ? typeof(ValueTaskCall<>) : typeof(TaskCall<>);
        return (open.MakeGenericType(result), result);
    }

    private static void EmitConstructor(TypeBuilder type, Type parent)
    {
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(GrainMethod)])
            .GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, parent.GetConstructors(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single());
        il.Emit(OpCodes.Ret);
    }

    private static void EmitCall(TypeBuilder type, Type parent, MethodInfo method, FieldBuilder?[] fields)
    {
        var overridden = parent.GetMethod("Call", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var call = type.DefineMethod("Call", Overriding | MethodAttributes.Family, method.ReturnType, [typeof(object)]);
        type.DefineMethodOverride(call, overridden);
        var il = call.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            if (field is null)
                il.Emit(OpCodes.Call, typeof(GrainCall).GetProperty(nameof(GrainCall.CalleeToken))!.GetMethod!);
            else
                il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitArgumentCount(TypeBuilder type, int count)
    {
        var il = type.DefineMethod(
            nameof(GrainCall.GetArgumentCount), Overriding | MethodAttributes.Public, typeof(int), null)
            .GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, count);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitGetArgument(TypeBuilder type, ParameterInfo[] parameters, FieldBuilder?[] fields)
    {
        var il = type.DefineMethod(
            nameof(GrainCall.GetArgument), Overriding | MethodAttributes.Public, typeof(object), [typeof(int)])
                .GetILGenerator();
        EmitSwitch(il, parameters.Length, i =>
        {
            il.Emit(OpCodes.Ldarg_0);
            if (fields[i] is { } field)
                il.Emit(OpCodes.Ldfld, field);
            else
                il.Emit(OpCodes.Call, typeof(GrainCall).GetProperty(nameof(GrainCall.CalleeToken))!.GetMethod!);
            il.Emit(OpCodes.Box, parameters[i].ParameterType);
        });
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(GrainCall).GetMethod(nameof(GrainCall.GetArgument))!);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitSetArgument(TypeBuilder type, ParameterInfo[] parameters, FieldBuilder?[] fields)
    {
        var il = type.DefineMethod(
            nameof(GrainCall.SetArgument), Overriding | MethodAttributes.Public, null, [typeof(int), typeof(object)])
                .GetILGenerator();
        EmitSwitch(il, parameters.Length, i =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Unbox_Any, parameters[i].ParameterType);
            if (fields[i] is { } field)
                il.Emit(OpCodes.Stfld, field);
            else
                il.Emit(OpCodes.Call, typeof(GrainCall).GetProperty(nameof(GrainCall.CallerToken))!.SetMethod!);
        });
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainCall).GetMethod(nameof(GrainCall.SetArgument))!);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>Emits one case per argument, each ending the method; after them the index is out of range.</summary>
    private static void EmitSwitch(ILGenerator il, int count, Action<int> emitCase)
    {
        var labels = Enumerable.Range(0, count).Select(_ => il.DefineLabel()).ToArray();
        var outOfRange = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, labels);
        il.Emit(OpCodes.Br, outOfRange);
        for (var i = 0; i < count; i++)
        {
            il.MarkLabel(labels[i]);
            emitCase(i);
            il.Emit(OpCodes.Ret);
        }

        il.MarkLabel(outOfRange);
    }
}
