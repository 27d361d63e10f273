using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans;

/// <summary>Reminders of the grain itself. They outlive activations and wake the grain when they tick.</summary>
public static class GrainReminderExtensions
{
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        Register(grain, reminderName, dueTime, period);

    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        Register(grain, reminderName, dueTime, period);

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        RegistryOf(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        RegistryOf(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        RegistryOf(grain).GetReminder(grain.GrainContext.GrainId, reminderName);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        RegistryOf(grain).GetReminder(grain.GrainContext.GrainId, reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) =>
        RegistryOf(grain).GetReminders(grain.GrainContext.GrainId);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        RegistryOf(grain).GetReminders(grain.GrainContext.GrainId);

    private static Task<IGrainReminder> Register(IGrainBase grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (grain is not IRemindable)
            throw new InvalidOperationException(
                $"{grain.GetType()} must implement {nameof(IRemindable)} to have reminders.");
        return RegistryOf(grain).RegisterOrUpdateReminder(grain.GrainContext.GrainId, name, dueTime, period);
    }

    private static IReminderRegistry RegistryOf(IGrainBase grain) =>
        grain.GrainContext.ActivationServices.GetRequiredService<IReminderRegistry>();
}
