"""The platform's web service, `ServiceSms.asmx`, written as ASP.NET writes one."""
