namespace CantonInfra.Policy.Rules.Machines;

/// <summary>The types of virtual machines and scale sets.</summary>
internal static class MachineTypes
{
    public const string Machine = "azure-native:compute:VirtualMachine";
    public const string ScaleSet = "azure-native:compute:VirtualMachineScaleSet";
    public const string ClassicLinux = "azure:compute/linuxVirtualMachine:LinuxVirtualMachine";
    public const string ClassicWindows = "azure:compute/windowsVirtualMachine:WindowsVirtualMachine";
    public const string ClassicLinuxScaleSet = "azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet";
    public const string ClassicWindowsScaleSet = "azure:compute/windowsVirtualMachineScaleSet:WindowsVirtualMachineScaleSet";

    /// <summary>What stands before the properties of a machine in a scale set.</summary>
    public const string ScaleSetProfile = "virtualMachineProfile.";
}
