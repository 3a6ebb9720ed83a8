//! Every document, by the key under which it is cited: its title, its publisher, and the end of its address.

use super::Publisher;
use super::define::documents;

documents! {
    RpsPkg: Reference, "RPS-PKG",
        "RefreshPkgSource Method in Class SMS_Package",
        "core/servers/configure/refreshpkgsource-method-in-class-sms_package";
    RpsContent: Reference, "RPS-CONTENT",
        "RefreshPkgSource Method in Class SMS_ContentPackage",
        "core/servers/configure/refreshpkgsource-method-in-class-sms_contentpackage";
    RpsDrv: Reference, "RPS-DRV",
        "RefreshPkgSource Method in Class SMS_DriverPackage",
        "osd/refreshpkgsource-method-in-class-sms_driverpackage";
    RpsTs: Reference, "RPS-TS",
        "RefreshPkgSource Method in Class SMS_TaskSequencePackage",
        "osd/refreshpkgsource-method-in-class-sms_tasksequencepackage";
    RpsSup: Reference, "RPS-SUP",
        "RefreshPkgSource Method in Class SMS_SoftwareUpdatesPackage",
        "sum/refreshpkgsource-method-in-class-sms_softwareupdatespackage";
    RpsDev: Reference, "RPS-DEV",
        "RefreshPkgSource Method in Class SMS_DeviceSettingPackage",
        "mdm/refreshpkgsource-method-in-class-sms_devicesettingpackage";
    RpsImg: Reference, "RPS-IMG",
        "RefreshPkgSource Method in Class SMS_ImagePackage",
        "osd/refreshpkgsource-method-in-class-sms_imagepackage";
    RpsBoot: Reference, "RPS-BOOT",
        "RefreshPkgSource Method in Class SMS_BootImagePackage",
        "osd/refreshpkgsource-method-in-class-sms_bootimagepackage";
    RpsOsi: Reference, "RPS-OSI",
        "RefreshPkgSource Method in Class SMS_OperatingSystemInstallPackage",
        "osd/refreshpkgsource-method-in-class-sms_operatingsysteminstallpackage";
    RpsVhd: Reference, "RPS-VHD",
        "RefreshPkgSource Method in Class SMS_VhdPackage (withdrawn 2019-08-02)",
        "osd/refreshpkgsource-method-in-class-sms_vhdpackage";
    ClsPkg: Reference, "CLS-PKG",
        "SMS_Package Server WMI Class",
        "core/servers/configure/sms_package-server-wmi-class";
    ClsContent: Reference, "CLS-CONTENT",
        "SMS_ContentPackage Server WMI Class",
        "core/servers/configure/sms_contentpackage-server-wmi-class";
    ClsDrv: Reference, "CLS-DRV",
        "SMS_DriverPackage Server WMI Class",
        "osd/sms_driverpackage-server-wmi-class";
    ClsDev: Reference, "CLS-DEV",
        "SMS_DeviceSettingPackage Server WMI Class",
        "mdm/sms_devicesettingpackage-server-wmi-class";
    ClsBoot: Reference, "CLS-BOOT",
        "SMS_BootImagePackage Server WMI Class",
        "osd/sms_bootimagepackage-server-wmi-class";
    ClsVhd: Reference, "CLS-VHD",
        "SMS_VhdPackage Server WMI Class (withdrawn 2019-08-02)",
        "osd/sms_vhdpackage-server-wmi-class";
    Base: Reference, "BASE",
        "SMS_PackageBaseclass Server WMI Class",
        "core/servers/configure/sms_packagebaseclass-server-wmi-class";
    Dp: Reference, "DP",
        "SMS_DistributionPoint server WMI class",
        "core/servers/configure/sms_distributionpoint-server-wmi-class";
    Pst: Reference, "PST",
        "SMS_PackageStatus Server WMI Class",
        "core/servers/configure/sms_packagestatus-server-wmi-class";
    Pdps: Reference, "PDPS",
        "SMS_PackageStatusDistPointsSummarizer Server WMI Class",
        "core/servers/configure/sms_packagestatusdistpointssummarizer-server-wmi-class";
    Pdet: Reference, "PDET",
        "SMS_PackageStatusDetailSummarizer Server WMI Class",
        "core/servers/configure/sms_packagestatusdetailsummarizer-server-wmi-class";
    Proot: Reference, "PROOT",
        "SMS_PackageStatusRootSummarizer Server WMI Class",
        "core/servers/configure/sms_packagestatusrootsummarizer-server-wmi-class";
    AddPointsPkg: Reference, "ADP-PKG",
        "AddDistributionPoints Method in Class SMS_Package",
        "core/servers/configure/adddistributionpoints-method-in-class-sms_package";
    AddPointsDrv: Reference, "ADP-DRV",
        "AddDistributionPoints Method in Class SMS_DriverPackage",
        "osd/adddistributionpoints-method-in-class-sms_driverpackage";
    AddPointsSup: Reference, "ADP-SUP",
        "AddDistributionPoints Method in Class SMS_SoftwareUpdatesPackage",
        "sum/adddistributionpoints-method-in-class-sms_softwareupdatespackage";
    AddPointsBoot: Reference, "ADP-BOOT",
        "AddDistributionPoints Method in Class SMS_BootImagePackage",
        "osd/adddistributionpoints-method-in-class-sms_bootimagepackage";
    AddPointsTs: Reference, "ADP-TS",
        "AddDistributionPoints Method in Class SMS_TaskSequencePackage",
        "osd/adddistributionpoints-method-in-class-sms_tasksequencepackage";
    Cancel: Reference, "CANCEL",
        "CancelDistribution Method in Class SMS_DistributionPoint",
        "core/servers/configure/canceldistribution-method-in-class-sms_distributionpoint";
    Verify: Reference, "VERIFY",
        "VerifyPackage Method in Class SMS_DistributionPoint",
        "core/servers/configure/verifypackage-method-in-class-sms_distributionpoint";
    Hash: Reference, "HASH",
        "GetPackageHash Method in Class SMS_TaskSequencePackage",
        "osd/getpackagehash-method-in-class-sms_tasksequencepackage";
    Query: Reference, "QUERY",
        "QueryOSDBinaryInjectionStatus Method in Class SMS_BootImagePackage",
        "osd/queryosdbinaryinjectionstatus-method-in-class-sms_bootimagepackage";
    DeleteContext: Reference, "DELETE-CONTEXT",
        "DeleteContextID Method in Class SMS_BootImagePackage",
        "osd/deletecontextid-method-in-class-sms_bootimagepackage";
    AddDriver: Reference, "ADD-DRV",
        "AddDriverContent Method in Class SMS_DriverPackage",
        "osd/adddrivercontent-method-in-class-sms_driverpackage";
    RemoveDriver: Reference, "REMOVE-DRV",
        "RemoveDriverContent Method in Class SMS_DriverPackage",
        "osd/removedrivercontent-method-in-class-sms_driverpackage";
    AddUpdate: Reference, "ADD-SUP",
        "AddUpdateContent Method in Class SMS_SoftwareUpdatesPackage",
        "sum/addupdatecontent-method-in-class-sms_softwareupdatespackage";
    RemoveUpdate: Reference, "REMOVE-SUP",
        "RemoveContent Method in Class SMS_SoftwareUpdatesPackage",
        "sum/removecontent-method-in-class-sms_softwareupdatespackage";
    AddContent: Reference, "ADD-CONTENT",
        "AddContent Method in Class SMS_ContentPackage",
        "core/servers/configure/addcontent-method-in-class-sms_contentpackage";
    RemoveContent: Reference, "REMOVE-CONTENT",
        "RemoveContent Method in Class SMS_ContentPackage",
        "core/servers/configure/removecontent-method-in-class-sms_contentpackage";
    Commit: Reference, "COMMIT",
        "Commit Method in Class SMS_ContentPackage",
        "core/servers/configure/commit-method-in-class-sms_contentpackage";
    SourceSite: Reference, "SOURCE-SITE",
        "SetSourceSite Method in Class SMS_TaskSequencePackage",
        "osd/setsourcesite-method-in-class-sms_tasksequencepackage";
    Unlock: Reference, "UNLOCK",
        "Unlock Method in Class SMS_Package",
        "core/servers/configure/unlock-method-in-class-sms_package";
    Validate: Reference, "VALIDATE",
        "ValidateNewPackageSource Method in Class SMS_DriverPackage",
        "osd/validatenewpackagesource-method-in-class-sms_driverpackage";
    Rebuild: Reference, "REBUILD",
        "RebuildPackage Method in Class SMS_DriverPackage",
        "osd/rebuildpackage-method-in-class-sms_driverpackage";
    Reload: Reference, "RELOAD",
        "ReloadImageProperties Method in Class SMS_ImagePackage",
        "osd/reloadimageproperties-method-in-class-sms_imagepackage";
    ByDate: Reference, "SCHED-DATE",
        "SMS_ST_RecurMonthlyByDate Server WMI Class",
        "core/servers/configure/sms_st_recurmonthlybydate-server-wmi-class";
    ByWeekday: Reference, "SCHED-WEEKDAY",
        "SMS_ST_RecurMonthlyByWeekday Server WMI Class",
        "core/servers/configure/sms_st_recurmonthlybyweekday-server-wmi-class";
    ReadString: Reference, "SCHED-READ",
        "ReadFromString Method in Class SMS_ScheduleMethods",
        "core/servers/configure/readfromstring-method-in-class-sms_schedulemethods";
    Errors: Guide, "ERR",
        "About Configuration Manager Errors",
        "core/understand/about-configuration-manager-errors";
    ErrorsWmi: Guide, "ERR-WMI",
        "How to Handle Configuration Manager Synchronous Errors by Using WMI",
        "core/understand/how-to-handle-configuration-manager-synchronous-errors-by-using-wmi";
    Schedules: Guide, "SCHED",
        "About Configuration Manager Schedules",
        "core/understand/about-configuration-manager-schedules";
    Sedo: Guide, "SEDO",
        "Configuration Manager SEDO",
        "core/understand/sedo";
    HowToBoot: Guide, "HT-BOOT",
        "How to Add a Windows Driver to a Configuration Manager Boot Image Package",
        "osd/how-to-add-a-windows-driver-to-a-configuration-manager-boot-image-package";
    HowToBootRemove: Guide, "HT-BOOT-REMOVE",
        "How to Remove a Windows Driver from a Boot Image Package",
        "osd/how-to-remove-a-windows-driver-from-a-boot-image-package";
    HowToImage: Guide, "HT-IMG",
        "How to Update an Operating System Image Package in Configuration Manager",
        "osd/how-to-update-an-operating-system-image-package";
    HowToDriver: Guide, "HT-DRV",
        "How to Create a Driver Package for a Windows Driver in Configuration Manager",
        "osd/how-to-create-a-driver-package-for-a-windows-driver";
    Service: Guide, "AS",
        "What is the administration service in Configuration Manager?",
        "adminservice/overview";
    Deploy: Administration, "DMC",
        "Deploy and manage content",
        "servers/deploy/configure/deploy-and-manage-content";
    Monitor: Administration, "MON",
        "Monitor content you distribute",
        "servers/deploy/configure/monitor-content-you-have-distributed";
    InstallPoints: Administration, "IDP",
        "Install and configure distribution points",
        "servers/deploy/configure/install-and-configure-distribution-points";
    Fundamentals: Administration, "FCC",
        "Fundamental concepts for content management",
        "plan-design/hierarchy/fundamental-concepts-for-content-management";
    Library: Administration, "TCL",
        "The content library",
        "plan-design/hierarchy/the-content-library";
    Transfer: Administration, "PTM",
        "Package Transfer Manager",
        "plan-design/hierarchy/package-transfer-manager";
    Pull: Administration, "PULL",
        "Use a pull-distribution point",
        "plan-design/hierarchy/use-a-pull-distribution-point";
    Bandwidth: Administration, "MNB",
        "Manage network bandwidth for content",
        "plan-design/hierarchy/manage-network-bandwidth";
    FileReplication: Administration, "FBR",
        "File-based replication",
        "plan-design/hierarchy/file-based-replication";
    Accounts: Administration, "ACC",
        "Accounts used in Configuration Manager",
        "plan-design/hierarchy/accounts";
    Roles: Administration, "RBA",
        "Fundamentals of role-based administration",
        "understand/fundamentals-of-role-based-administration";
    Actions: Troubleshooting, "UPA",
        "Package actions in content distribution",
        "understand-package-actions";
    Threads: Troubleshooting, "CAT",
        "Components and threads for content distribution",
        "components-and-threads";
    Troubles: Troubleshooting, "TCD",
        "Troubleshoot content distribution",
        "troubleshoot-content-distribution";
    Tips: Troubleshooting, "ATT",
        "Advanced troubleshooting tips for content distribution",
        "advanced-troubleshooting-tips";
    Sdk07: Earlier, "SDK07",
        "RefreshPkgSource Method in Class SMS_Package (Configuration Manager 2007)",
        "system-center/developer/cc146439(v=msdn.10)";
    PointTab07: Earlier, "TN07",
        "Software Distribution Properties: Distribution Point Tab (Configuration Manager 2007)",
        "system-center/configuration-manager-2007/bb680407(v=technet.10)";
    Faq03: Earlier, "FAQ03",
        "Software Distribution and Packaging Frequently Asked Questions (SMS 2003)",
        "cc875804(v=msdn.10)";
    Kb281754: KnowledgeBase, "KB-281754",
        "Microsoft KB article 281754",
        "281754";
    Kb318834: KnowledgeBase, "KB-318834",
        "Microsoft KB article 318834",
        "318834";
    Kb319207: KnowledgeBase, "KB-319207",
        "Microsoft KB article 319207",
        "319207";
    Kb872943: KnowledgeBase, "KB-872943",
        "Microsoft KB article 872943",
        "872943";
    Kb936465: KnowledgeBase, "KB-936465",
        "Microsoft KB article 936465",
        "936465";
    Cmdlet: Microsoft, "PS-UPDATE",
        "Update-CMDistributionPoint",
        "powershell/module/configurationmanager/update-cmdistributionpoint";
    WsMan: Microsoft, "WSMV",
        "[MS-WSMV]: Web Services Management Protocol Extensions for Windows Vista",
        "openspecs/windows_protocols/ms-wsmv/055dc36e-db2f-41ae-a47e-8b22d4bcd1cd";
    WbemErrors: Microsoft, "WBEM",
        "WbemErrorEnum enumeration",
        "windows/win32/api/wbemdisp/ne-wbemdisp-wbemerrorenum";
    Hub: Field, "HUB",
        "Configuration Manager Hub, samples/CommonFunctions.ps1",
        "github.com/microsoft/configmgr-hub";
    Thread179: Field, "GH-179",
        "ModernDriverManagement, issue 179: an administration service that answers 404 for a denial",
        "github.com/MSEndpointMgr/ModernDriverManagement/issues/179";
    Myth: Field, "BLOG-MYTH",
        "Content Distribution: The Myth (an experiment of 2014)",
        "home.configmgrftw.com";
    Spec: Own, "SPEC",
        "This specification",
        "ARCHITECTURE.md";
}
